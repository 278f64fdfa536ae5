"""The report of data: what it holds, its columns and classes, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from tui_dl.drawing.bars import bar
from tui_dl.drawing.styled_text import StyledLine, column, cut
from tui_dl.drawing.wrapped import wrapped
from tui_dl.spec.data_spec import ColumnSpec, DataSpec
from tui_dl.support.formatting import counted, percent, whole, written
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import said, tr

GAP = 2  # blanks between columns
MIDNIGHT = "T00:00:00"  # after dates without a time
MOST_CLASSES = 20  # that are listed; of more, the rest in one line
NAME, BAR = 30, 16  # cells; of a name more where the row is long


def draw_report(spec: DataSpec, width: int) -> list[StyledLine]:
    """All rows, in `width` cells."""
    rows: list[StyledLine] = [[(it, "strong")] for it in wrapped(samples_sentence(spec), width)]
    rows += [[(it, "plain")] for it in wrapped(splits_sentence(spec), width)]
    for note in spec.notes:
        rows += [[(it, "dim")] for it in wrapped(printable(said(note)), width)]
    for number, it in enumerate(spec.findings, 1):
        rows.append([])
        says = f"{number}. {printable(said(it.says))}"
        rows += [[(row, "warn")] for row in wrapped(says, width)]
        rows += [[(row, "plain")] for row in wrapped(printable(said(it.remedy)), width)]
    if spec.columns:
        names = tuple(map(tr, ("column", "kind", "missing", "values")))
        cells = [(it.name, tr(it.kind), whole(it.missing), values_of(it)) for it in spec.columns]
        rows += [[], *_table(names, cells, width)]
    if spec.class_counts:
        rows += [[], *_classes(spec, width)]
    return rows


def samples_sentence(spec: DataSpec) -> str:
    """How many samples there are, and of which shape."""
    if spec.columns:
        rows, numbers = counted(spec.count, "row"), counted(spec.input.size, "number")
        says = "{rows} with a target, each made into {numbers}"
        return tr(says, rows=said(rows), numbers=said(numbers))
    samples = said(counted(spec.count, "sample"))
    return tr("{samples} of shape {shape}", samples=samples, shape=said(str(spec.input)))


def splits_sentence(spec: DataSpec) -> str:
    """How many samples are for what."""
    train, validation, test = map(whole, spec.splits)
    says = "{train} to train on, {validation} to validate with, {test} to test with"
    return tr(says, train=train, validation=validation, test=test)


def values_of(column: ColumnSpec) -> str:
    """The range of a column, or how many different values it has."""
    least, most = column.least, column.most
    if isinstance(least, float) and isinstance(most, float):
        return tr("{least} to {most}", least=written(least), most=written(most))
    if least is not None:
        return tr("{least} to {most}", least=least, most=most).replace(MIDNIGHT, "")
    if column.distinct:
        return tr("{count} different", count=whole(column.distinct))
    return tr("left out")


def _table(names: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[StyledLine]:
    """Columns some blanks apart; the last one is cut where it does not fit."""
    lines = [[printable(it) for it in row] for row in (names, *rows)]
    widths = [min(max(map(cell_len, it)), _name(width)) for it in zip(*lines, strict=True)]
    widths[-1] = max(width - sum(widths[:-1]) - GAP * (len(widths) - 1), 1)
    for place, line in enumerate(lines):
        cells = [column(cut(it, size), size) for it, size in zip(line, widths, strict=True)]
        yield [((" " * GAP).join(cells).rstrip(), "plain" if place else "dim")]


def _name(width: int) -> int:
    """The cells of a name, at most, in a row of `width`."""
    return max(NAME, width // 4)


def _classes(spec: DataSpec, width: int) -> Iterator[StyledLine]:
    """The classes with their shares of the training samples."""
    total, counts = sum(spec.class_counts), list(
        zip(spec.class_names, spec.class_counts, strict=True)
    )  # fmt: skip
    names = [cut(printable(name), _name(width)) for name, _ in counts[:MOST_CLASSES]]
    cells = max(map(cell_len, [tr("class"), *names]))
    yield [(f"{column(tr('class'), cells)}  {tr('to train on')}", "dim")]
    most = max(spec.class_counts) or 1
    for name, (_, count) in zip(names, counts, strict=False):
        row = f"{column(name, cells)}  {whole(count):>11}  {percent(count / (total or 1)):>7}  "
        yield [(row, "plain"), (bar(count / most, BAR), "train")]
    if rest := counts[MOST_CLASSES:]:
        more = tr("{count} more", count=f"{len(rest):,}")
        yield [(f"{more}: {whole(sum(it for _, it in rest))}", "dim")]
