"""Tables that fit a terminal: spare columns are left out, then the texts of others are cut."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.cells import cell_len

from tui_dl.cli.line import line_width, shorten
from tui_dl.cli.output import GAP, print_table
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

LEGIBLE = 10  # cells of a text that is cut, at least

Columns = dict[str, tuple[str, ...]]  # a heading and cells by their column's name


def columns_of(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    """The columns of a table, by name, from its rows; their headings in the language in use."""
    headings = tuple(tr(name.lower()).upper() for name in names)
    lines = [headings, *(tuple(map(printable, row)) for row in rows)]
    return dict(zip(names, zip(*lines, strict=True), strict=True))


def print_columns(
    columns: Columns,
    signs: dict[str, str],
    spare: Sequence[str],
    cut: Sequence[str],
    legible: int = LEGIBLE,
) -> None:
    """Print a table: on a terminal as much as fits its lines, else all of it.

    Args:
        columns: the whole table.
        signs: ``>`` for each column that is flush right.
        spare: columns that are left out, in this order, where cutting the first of `cut` is not
            enough; it may be one of them.
        cut: columns whose cells are cut, in this order.
        legible: cells of the first of `cut` that are kept before spare columns are left out.
    """
    if sys.stdout.isatty():
        columns = _fitting(columns, line_width(), spare, cut, legible)
    rows = zip(*columns.values(), strict=True)
    print_table(rows, "".join(signs.get(name, "<") for name in columns))


def _fitting(
    columns: Columns, width: int, spare: Sequence[str], cut: Sequence[str], legible: int
) -> Columns:
    """The columns that fit lines of `width` cells, as far as they can be made to."""
    kept = dict(columns)
    for name in spare:
        first = max(map(cell_len, kept.get(cut[0], ("",))))
        if _width(kept) - max(first - legible, 0) > width:
            del kept[name]
    for name in cut:
        if name in kept and (over := _width(kept) - width) > 0:
            room = max(max(map(cell_len, kept[name])) - over, LEGIBLE)
            kept[name] = tuple(shorten(cell, room) for cell in kept[name])
    return kept


def _width(columns: Columns) -> int:
    """The width of a line of the table, in cells."""
    return sum(max(map(cell_len, cells)) + GAP for cells in columns.values()) - GAP
