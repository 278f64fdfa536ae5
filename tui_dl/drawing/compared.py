"""Runs side by side as a table: which they are, and the settings and results that differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from tui_dl.drawing.styled_text import StyledLine, column, cut_apart, cut_front, length, right
from tui_dl.drawing.variants import sign_of
from tui_dl.drawing.wrapped import wrapped
from tui_dl.runs.side_by_side import SideBySide
from tui_dl.spec.train.metrics import METRICS, lower_is_better
from tui_dl.support.formatting import NOTHING, counted, duration, fixed, rate, short, whole, written
from tui_dl.support.translations import said, tr

GAP = 2  # blanks between columns
LONGEST_KEY, LONGEST_VALUE = 34, 22  # cells
SPLITS = ("test_", "validation_", "train_")
PLAIN = ("validation_loss", "test_loss", "train_loss")  # rows that come first, metrics before them
OF_TRAINING = (
    "best_validation_loss", "best_epoch", "epochs", "learning_rate", "parameters", "seconds",
)  # fmt: skip

Cell = tuple[str, str]  # text and style


def draw_compared(compared: SideBySide, width: int) -> list[StyledLine]:
    """All rows of `width` cells."""
    rows = list(_runs(compared, width))
    settings = [
        (said(key), [(NOTHING if it is None else it, "plain") for it in of])
        for key, of in compared.settings.items()
    ]
    of_weights = [it for it in _ordered(compared) if it not in OF_TRAINING]
    of_training = [it for it in _ordered(compared) if it in OF_TRAINING]
    says, style = best_sentence(compared), "plain" if compared.unranked else "good"
    rows += [[(row, style)] for row in wrapped(says, width)]
    for title, part in (("With the final weights", of_weights), ("Training", of_training)):
        if part:
            results = [(in_words(it), _cells(it, compared)) for it in part]
            rows += _section(tr(title), results, len(compared.columns), width)
    rows += _section(tr("Settings that differ"), settings, len(compared.columns), width)
    return rows


def best_sentence(compared: SideBySide) -> str:
    """Which column is the best and by how much, or why none is; nothing where none has a figure."""
    if compared.unranked:
        return tr("not ranked: {why}", why=said(compared.unranked))
    judged, best, name = compared.judged, compared.best, compared.ranked_by
    columns = compared.columns
    if best is None or (first := judged[best]) is None:
        return ""
    others = [(it.mean, at) for at, it in enumerate(judged) if it is not None and at != best]
    best_figure = f"{in_words(name)} {figure(name, first.mean)}"
    says = tr("best: {run}, {figure}", run=best + 1, figure=best_figure)
    if not name.startswith("test_") and any(of.result(f"test_{_of_split(name)}") for of in columns):
        says += tr(" (not all have a test figure)")
    if len({frozenset(it.seeds) for it in columns}) > 1:
        says += tr(" (their seeds differ)")
    if not others:
        return says
    lower = lower_is_better(compared.metric)
    second, at = (min if lower else max)(others)
    if second == first.mean:
        return says + tr(", and {run} is as good", run=at + 1)
    by = difference(name, abs(first.mean - second)).lstrip("+")
    if figure(name, 0.0).endswith("%"):
        by = tr("{figure} points", figure=by)
    return says + tr(", {figure} better than {run}", figure=by, run=at + 1)


def figure(name: str, value: float) -> str:
    """A result for people."""
    metric = METRICS.get(_of_split(name))
    if metric is not None and metric.is_share:
        return f"{fixed(100 * value, 1)} %"
    if metric is not None and metric.in_units:
        return written(value)
    match name:
        case "epochs" | "best_epoch" | "parameters":
            return whole(value)
        case "seconds":
            return duration(value)
        case "learning_rate":
            return rate(value)
        case _:
            return short(value)


def difference(name: str, value: float) -> str:
    """How far a result is from another one, with its sign; of shares in points."""
    metric = METRICS.get(_of_split(name))
    if metric is not None and metric.is_share:
        return f"{100 * value:+.1f}"
    if metric is not None and metric.in_units:
        return f"{'-' if value < 0 else '+'}{written(abs(value))}"
    if name == "seconds":
        return f"{'-' if value < 0 else '+'}{duration(abs(value))}"
    if name in ("epochs", "best_epoch", "parameters"):
        return f"{value:+,.0f}"
    return f"{value:+.3g}"


def in_words(name: str) -> str:
    """The name of a result as it is written: test accuracy."""
    return tr("time") if name == "seconds" else said(name.replace("_", " "))


def _runs(compared: SideBySide, width: int) -> Iterator[StyledLine]:
    """The columns by their numbers, with what each is; a long title has the id below it."""
    note = f"  {tr('baseline')}" if compared.pinned else ""
    room = width - len(f"{len(compared.columns)} × ") - cell_len(note)
    names = cut_apart([it.name for it in compared.columns], room)
    for place, it in enumerate(compared.columns):
        style, dot = sign_of(place)
        head: StyledLine = [(f"{place + 1} ", "dim"), (f"{dot} ", style)]
        several = said(counted(len(it.entries), "run"))
        runs = it.entries[0].run.id if len(it.entries) == 1 else several
        name: StyledLine = [*head, (names[place], "strong"), (note if place == 0 else "", "best")]
        if names[place] == it.name and length(name) + GAP + cell_len(runs) <= width:
            yield [*name, (" " * GAP + runs, "dim")]
        else:
            yield name
            yield [(" " * length(head) + cut_front(runs, width - length(head)), "dim")]


def _ordered(compared: SideBySide) -> list[str]:
    """The names of results, what the runs are judged by first."""

    def rank(name: str) -> tuple[int, str]:
        if _of_split(name) == compared.metric:
            return 0, name
        if name in OF_TRAINING:
            return 3 + OF_TRAINING.index(name), name
        return (1 if name in PLAIN else 2), name

    return sorted(compared.results, key=rank)


def _cells(name: str, compared: SideBySide) -> list[Cell]:
    """The results of a row; beside those that compare with the first, how far they are from it."""
    results = compared.results[name]
    baseline, cells = results[0], []
    for place, it in enumerate(results):
        if it is None:
            cells.append((NOTHING, "dim"))
            continue
        text = figure(name, it.mean)
        if it.spread:
            text += f" ±{difference(name, it.spread).lstrip('+')}"
        by = ""
        if place and baseline and compared.comparable(name, place):
            by = difference(name, it.mean - baseline.mean)
        if by.strip("+-0.,:") and name != "learning_rate":  # that is chosen, no result
            text += f" ({by})"
        cells.append((text, "plain"))
    return cells


def _section(
    title: str, rows: Sequence[tuple[str, list[Cell]]], count: int, width: int
) -> Iterator[StyledLine]:
    """A heading with the columns' numbers, and a row for each key.

    Columns that do not fit beside the others come below them, beside the first one again. What is
    the same in all columns that are shown is left out.
    """
    yield []
    if not rows:
        yield [(f"{title}: {tr('none')}", "dim")]
        return
    keys = min(max(cell_len(it) for it in (title, *(key for key, _ in rows))), LONGEST_KEY)
    widths = [
        GAP + min(max(cell_len(cells[place][0]) for _, cells in rows), LONGEST_VALUE)
        for place in range(count)
    ]
    names = cut_apart([key for key, _ in rows], keys)
    values = [cut_apart([text for text, _ in cells], LONGEST_VALUE) for _, cells in rows]
    for shown in _blocks(widths, width - keys):
        numbers = "".join(f"{place + 1:>{widths[place]}}" for place in shown)
        yield [(column(title, keys), "strong"), (numbers, "dim")]
        for name, texts, (_, cells) in zip(names, values, rows, strict=True):
            if shown == [0] or any(cells[place] != cells[0] for place in shown):
                fitted = [(right(texts[it], widths[it]), cells[it][1]) for it in shown]
                yield [(column(name, keys), "plain"), *fitted]


def _blocks(widths: Sequence[int], room: int) -> Iterator[list[int]]:
    """Which columns are shown side by side, in `room` cells: if it fits, the first one in each."""
    rest = list(range(len(widths)))
    while rest:
        repeated = rest[0] and widths[0] + widths[rest[0]] <= room
        shown = [0, rest.pop(0)] if repeated else [rest.pop(0)]
        while rest and sum(widths[it] for it in [*shown, rest[0]]) <= room:
            shown.append(rest.pop(0))
        yield shown


def _of_split(name: str) -> str:
    """The name of a result without its split."""
    return next((name.removeprefix(it) for it in SPLITS if name.startswith(it)), name)
