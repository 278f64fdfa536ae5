"""Breaks a text into rows of so many cells."""

from __future__ import annotations

import re

from rich.cells import cell_len, chop_cells

from tui_dl.drawing.styled_text import cut

JOINT = "\u2800"  # stands for a blank at which no row ends: a no-break space would be split as well
JOINED = re.compile(r"(?<=\d) (?=(?:%|[mµ]?s|min|h|d|[kMG]?B|×)(?!\w))|(?<=×) (?=\d)")


def wrapped(text: str, width: int) -> list[str]:
    """`text` in rows of at most `width` cells, broken at blanks, and in words that are longer.

    A number and its unit are one word.
    """
    rows: list[str] = []
    row = ""
    for word in map(broken, unbroken(text).split()):
        longer = f"{row} {word}" if row else word
        if cell_len(longer) <= width:
            row = longer
            continue
        pieces = chop_cells(word, max(width, 2)) if cell_len(word) > width else [word]
        rows += [row] * bool(row) + pieces[:-1]
        row = pieces[-1]
    return [*rows, row] if row else rows


def at_most(text: str, width: int, most: int, note: str = "") -> list[str]:
    """`text` in at most so many rows; the last one of a longer text ends with dots and `note`."""
    rows = wrapped(text, max(width, 1))
    if not rows[most:]:
        return rows
    return [*rows[: most - 1], cut(" ".join(rows[most - 1 :]), width - cell_len(note)) + note]


def unbroken(text: str) -> str:
    """`text` with a joint for each blank between a number and its unit, or in 2 × 3."""
    return JOINED.sub(JOINT, text)


def broken(text: str) -> str:
    """`text` with its blanks again."""
    return text.replace(JOINT, " ")
