"""What a network says of a typed line, as rows."""

from __future__ import annotations

from tui_dl.drawing.bars import bar
from tui_dl.drawing.styled_text import StyledLine, column, length
from tui_dl.drawing.wrapped import wrapped
from tui_dl.protocol.answer import Answer
from tui_dl.support.formatting import percent, written
from tui_dl.support.translations import said, tr

CLASSES = 5  # the likeliest ones
NAME, BAR = 24, 20  # cells of a class's name at most, and of a bar
NUMBERS = 12
BETWEEN = "   "  # spans


def draw(answer: Answer, width: int) -> list[StyledLine]:
    """The prediction, and what else there is to say of it, in rows of `width` cells."""
    if answer.probabilities:
        rows = _classes(answer, width)
    elif answer.spans:
        rows = _spans(answer, width)
    else:
        rows = _prediction(answer, width)
    remarks = [row for it in answer.remarks for row in wrapped(said(it), width)]
    return rows + [[(row, "dim")] for row in remarks]


def _classes(answer: Answer, width: int) -> list[StyledLine]:
    """A row for each of the likeliest classes: name, bar and probability."""
    likeliest = sorted(answer.probabilities.items(), key=lambda it: -it[1])[:CLASSES]
    name_cells = min(max(len(name) for name, _ in likeliest), NAME)
    cells = min(BAR, width - name_cells - 10)
    return [
        [
            (column(name[:NAME], name_cells), "strong" if name == answer.prediction else "plain"),
            (f" {bar(share, cells)} ", "train"),
            (f"{percent(share):>7}", "strong" if name == answer.prediction else "plain"),
        ]
        for name, share in likeliest
    ]


def _spans(answer: Answer, width: int) -> list[StyledLine]:
    """What was found, each with its kind in brackets, in as many rows as it takes."""
    rows: list[StyledLine] = [[]]
    for span in answer.spans:
        shown = [(span.text, "strong"), (f" [{span.kind}]", "train")]
        shown.append((f" {percent(span.probability)}", "dim"))
        if rows[-1] and length(rows[-1]) + len(BETWEEN) + length(shown) > width:
            rows.append([])
        rows[-1] += [(BETWEEN, "plain")] * bool(rows[-1]) + shown
    return rows


def _prediction(answer: Answer, width: int) -> list[StyledLine]:
    """A text, or numbers, with a probability or a limit where there is one."""
    text = answer.prediction
    if isinstance(text, tuple):
        shown = " ".join(written(it) for it in text[:NUMBERS])
        text = shown + f" ... {tr('{count} numbers', count=len(text))}" * (len(text) > NUMBERS)
    elif isinstance(text, float):
        text = f"{text:.7g}" if abs(text) < 1e7 else written(text)
    rows: list[StyledLine] = [
        [(row, "strong")] for line in text.splitlines() or [""] for row in wrapped(line, width)
    ]
    if answer.probability is not None:
        rows[-1].append((f"   {percent(answer.probability)}", "dim"))
    if answer.limit is not None:
        assert isinstance(answer.prediction, float)
        if answer.prediction > answer.limit:
            says = tr("unusual: above {limit}", limit=f"{answer.limit:.4g}")
            rows[-1].append((f"   {says}", "warn"))
        else:
            says = tr("usual: not above {limit}", limit=f"{answer.limit:.4g}")
            rows[-1].append((f"   {says}", "dim"))
    return rows
