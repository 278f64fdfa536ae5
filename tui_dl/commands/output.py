"""How numbers, tables and JSON are written on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from rich.cells import cell_len

from tui_dl.numbers import NOTHING, short

LINE = 79  # characters


def print_json(value: Any) -> None:
    """One object on one line; a number that is not finite is null."""
    sys.stdout.flush()
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.flush()


def print_table(rows: Iterable[Sequence[str]], right: str = "") -> None:
    """Columns two blanks apart, as wide as their widest cell on a terminal.

    `right` has one letter a column: ``>`` for one that is flush right.
    """
    cells = [list(row) for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    signs = right.ljust(len(widths), "<")
    for row in cells:
        columns = zip(row, signs, widths, strict=True)
        print("  ".join(_padded(*column) for column in columns).rstrip())


def _padded(cell: str, sign: str, width: int) -> str:
    blanks = " " * (width - cell_len(cell))
    return blanks + cell if sign == ">" else cell + blanks


def fitting(parts: Sequence[str], between: str) -> str:
    """As many of `parts`, the first ones, as one line of a terminal holds."""
    line, *more = parts
    for part in more:
        if len(line) + len(between) + len(part) > LINE:
            break
        line += between + part
    return line


def shorten(line: str) -> str:
    """`line`, or as much of it as a line of a terminal holds."""
    return line if len(line) <= LINE else line[: LINE - 1] + "…"


def counted(number: int, thing: str) -> str:
    """1 epoch, 2 epochs."""
    return f"{number:,} {thing}{'s' * (number != 1)}"


def loss(value: float | None) -> str:
    """A loss, or a dash."""
    return NOTHING if value is None else short(value)


def age(seconds: float) -> str:
    """How long ago, in the largest unit that fits."""
    for unit, name in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= unit:
            return f"{int(seconds // unit)} {name}"
    return f"{max(0, int(seconds))} s"
