"""How numbers, tables and JSON are written on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.cells import cell_len, set_cell_size

from tui_dl.protocol.events import Metrics
from tui_dl.support.formatting import NOTHING, fixed, short, whole
from tui_dl.support.json_text import encode_printable
from tui_dl.support.terminal_text import printable

LINE = 79  # characters
GAP = 2  # blanks between columns
DAY = 86_400  # seconds


def print_json(value: Any) -> None:
    """One object on one line, in UTF-8 whatever the terminal's encoding is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(encode_printable(value) + b"\n")
    sys.stdout.flush()


def print_table(rows: Iterable[Sequence[str]], right: str = "") -> None:
    """Columns some blanks apart, as wide as their widest cell on a terminal.

    `right` has one letter a column: ``>`` for one that is flush right.
    """
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    signs = right.ljust(len(widths), "<")
    for row in cells:
        columns = zip(row, signs, widths, strict=True)
        print((" " * GAP).join(_padded(*column) for column in columns).rstrip())


def _padded(cell: str, sign: str, width: int) -> str:
    blanks = " " * (width - cell_len(cell))
    return blanks + cell if sign == ">" else cell + blanks


def fitting(parts: Sequence[str], between: str) -> str:
    """As many of `parts`, the first ones, as one line of a terminal holds."""
    line, *more = parts
    for part in more:
        if cell_len(line + between + part) > LINE:
            break
        line += between + part
    return line


def shorten(text: str, width: int = LINE) -> str:
    """`text`, or as much of it as so many cells of a terminal hold."""
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def counted(number: int, thing: str) -> str:
    """1 epoch, 2 epochs."""
    return f"{whole(number)} {thing}{'s' * (number != 1)}"


def loss(value: float | None) -> str:
    """A loss, or a dash."""
    return NOTHING if value is None else short(value)


def single(metrics: Metrics) -> Iterator[tuple[str, str]]:
    """Name and value of those that are one number, but for what stands beside the loss anyway."""
    for name, value in metrics.items():
        if name in ("accuracy", "return") or isinstance(value, list):
            continue
        figure = "undefined" if value is None else short(value)
        yield printable(name.replace("_", " ")), figure


def age(seconds: float) -> str:
    """How long ago, in the largest unit that fits."""
    if seconds >= DAY:
        return f"{fixed(seconds // DAY, 0)} d"
    for unit, name in ((3_600, "h"), (60, "min")):
        if seconds >= unit:
            return f"{int(seconds // unit)} {name}"
    return f"{max(0, int(seconds))} s"
