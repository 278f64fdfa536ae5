"""How numbers, tables and JSON are written on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

NOTHING = "–"


def print_json(value: Any) -> None:
    """One object on one line; a number that is not finite is null."""
    sys.stdout.flush()
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.flush()


def print_table(rows: Iterable[Sequence[str]], right: str = "") -> None:
    """Columns two blanks apart, as wide as their widest cell.

    `right` has one letter a column: ``>`` for one that is flush right.
    """
    cells = [list(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    signs = right.ljust(len(widths), "<")
    for row in cells:
        line = "  ".join(
            f"{cell:{sign}{width}}" for cell, sign, width in zip(row, signs, widths, strict=True)
        )
        print(line.rstrip())


def counted(number: int, thing: str) -> str:
    """1 epoch, 2 epochs."""
    return f"{number:,} {thing}{'s' * (number != 1)}"


def loss(value: float | None) -> str:
    """A loss, with as many digits as one can compare."""
    return NOTHING if value is None else f"{value:.4f}"


def percent(value: float | None) -> str:
    """A share of one, such as accuracy."""
    return NOTHING if value is None else f"{value:.1%}".replace("%", " %")


def duration(seconds: float) -> str:
    """A span of time as a clock shows it: 0:07, 12:30, 1:02:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def age(seconds: float) -> str:
    """How long ago, in the largest unit that fits."""
    for unit, name in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= unit:
            return f"{int(seconds // unit)} {name}"
    return f"{max(0, int(seconds))} s"
