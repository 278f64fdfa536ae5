"""An experiment that is being built: a row a layer, then a row a key of its data and training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from tui_dl.drawing.bars import bar
from tui_dl.drawing.styled_text import StyledLine, column, right
from tui_dl.spec.outline import OutlineRow
from tui_dl.support.formatting import percent, whole
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

MARK = 3  # cells before a row: whether it is the chosen one, whether it is wrong
INDENT = 2  # of layers inside of another one
GAP = 2
BAR, SHARE = 8, 7  # cells of a share of the time: the bar, the figure
LEAST = 24  # cells of a layer's text, at least, where there are columns beside it
WRONG = "✗"


class Columns(NamedTuple):
    """Cells of each column; 0 where there is no room for it."""

    text: int
    output: int
    parameters: int
    share: int

    @property
    def whole(self) -> int:
        """Cells of a row without its mark."""
        return sum(it + GAP for it in self if it) - GAP


def columns(rows: Sequence[OutlineRow], width: int, is_timed: bool) -> Columns:
    """The columns that fit `width` cells: text, output and parameters first, then times."""
    layers = [it for it in rows if it.is_layer]
    output = max([cell_len(tr("output")), *(cell_len(it.output) for it in layers)])
    count = max([cell_len(tr("parameters")), *(len(whole(it.parameter_count)) for it in layers)])
    text = width - MARK
    found = [0, 0, 0]
    full = max([LEAST, *(cell_len(_indented(it)) for it in layers)])
    wanted = (output, LEAST), (count, LEAST), ((BAR + SHARE) * is_timed, min(full, text // 2))
    for index, (cells, least) in enumerate(wanted):
        if cells and text - cells - GAP >= least:
            found[index] = cells
            text -= cells + GAP
    longest = max([LEAST, *(MARK + cell_len(_indented(it)) for it in rows)])
    return Columns(min(text, longest), *found)


def heading(widths: Columns) -> StyledLine:
    """The names of the columns."""
    cells = [" " * MARK + column(tr("layer"), widths.text)]
    if widths.output:
        cells.append(column(tr("output"), widths.output))
    if widths.parameters:
        cells.append(right(tr("parameters"), widths.parameters))
    if widths.share:
        cells.append(tr("time"))
    return [((" " * GAP).join(cells), "dim")]


def build_row(
    row: OutlineRow,
    widths: Columns,
    times: Mapping[str, float],
    is_chosen: bool,
    is_inside: bool,
    ascii: bool = False,
) -> StyledLine:
    """One row.

    Args:
        row: what it says.
        widths: of the columns.
        times: milliseconds by layer; empty where they are not known.
        is_chosen: whether keys act on it.
        is_inside: whether its layers stand inside another one, whose row has their sum.
        ascii: whether only ASCII characters can be shown.
    """
    style = "bad" if row.wrong else "strong" if is_chosen else "plain"
    chosen, wrong = (">", "x") if ascii else ("▸", WRONG)
    marks = (chosen if is_chosen else " "), (wrong if row.wrong else " ")
    head: StyledLine = [(marks[0], "train"), (f"{marks[1]} ", "bad")]
    text = printable(_indented(row))
    name = text[: len(text) - len(text.lstrip())] + text.split()[0]
    fields = text[len(name) :]
    room = widths.text if row.is_layer else widths.whole
    shown = set_cell_size(name, min(cell_len(name), room))
    rest = max(room - cell_len(shown), 0)
    head += [(shown, style), (column(_cut(fields, rest), rest), style if row.wrong else "dim")]
    if not row.is_layer:
        return head
    if row.wrong and not row.nodes:
        return head
    if widths.output:
        head.append((" " * GAP + column(row.output, widths.output), "plain"))
    count = whole(row.parameter_count) if row.parameter_count and not is_inside else ""
    if widths.parameters:
        head.append((f"{' ' * GAP}{count:>{widths.parameters}}", "plain"))
    total = sum(times.values())
    if widths.share and total and not is_inside:
        share = sum(times.get(node.name, 0.0) for node in row.nodes) / total
        head.append((" " * GAP + bar(share, BAR, ascii), "train"))
        head.append((f"{percent(share):>{SHARE}}", "dim"))
    return head


def _indented(row: OutlineRow) -> str:
    if row.is_layer:
        return " " * INDENT * row.depth + row.text
    return f"{row.key} = {row.text}"


def _cut(text: str, cells: int) -> str:
    """As much of `text` as fits, with a sign where some is left out."""
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, max(cells - 1, 0)) + "…" * (cells > 0)
