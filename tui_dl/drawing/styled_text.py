"""Rows of text in named styles: what every drawing returns, and every panel shows."""

from __future__ import annotations

from itertools import zip_longest

from rich.cells import cell_len

STYLES = (
    "plain", "dim", "faint", "strong", "axis",
    "train", "heat", "step", "validation", "second", "best", "stop",
    "good", "warn", "bad",
)  # fmt: skip

StyledText = tuple[str, str]  # text, and the name of its style
StyledLine = list[StyledText]


def changed(before: StyledLine, now: StyledLine, width: int) -> tuple[int, int]:
    """The first cell that differs, and the one after the last, of a row of `width` cells."""
    empty = (" ", "plain")
    old, new = map(_cells, (before, now))
    pairs = list(zip_longest(old, new, fillvalue=empty))[:width]
    differ = [x for x, (a, b) in enumerate(pairs) if a != b]
    return (differ[0], differ[-1] + 1) if differ else (0, 0)


def length(row: StyledLine) -> int:
    """How many cells `row` takes."""
    return sum(cell_len(text) for text, _ in row)


def column(text: str, width: int) -> str:
    """`text` in a column of `width` cells."""
    return text + " " * (width - cell_len(text))


def _cells(row: StyledLine) -> list[StyledText]:
    """One item a cell: a wide letter is in two, and a mark in its letter's."""
    cells: list[StyledText] = []
    for text, style in row:
        for letter in text:
            width = cell_len(letter)
            if not width and cells:
                cells[-1] = (cells[-1][0] + letter, style)
            cells += [(letter, style)] * width
    return cells
