"""Breaks a text into rows of so many cells."""

from __future__ import annotations

from rich.cells import cell_len, chop_cells


def wrapped(text: str, width: int) -> list[str]:
    """`text` in rows of at most `width` cells, broken at blanks, and in words that are longer."""
    rows: list[str] = []
    row = ""
    for word in text.split():
        longer = f"{row} {word}" if row else word
        if cell_len(longer) <= width:
            row = longer
            continue
        pieces = chop_cells(word, max(width, 2)) if cell_len(word) > width else [word]
        rows += [row] * bool(row) + pieces[:-1]
        row = pieces[-1]
    return [*rows, row] if row else rows
