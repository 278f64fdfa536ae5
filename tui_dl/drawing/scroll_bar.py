"""What says that there is more: a bar beside rows, and marks at the ends of columns."""

from __future__ import annotations

from collections.abc import Sequence

from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine, length

THUMB, TRACK = "┃", "│"
ASCII_THUMB, ASCII_TRACK = "#", "|"
BEFORE, AFTER = "‹", "›"
ASCII_BEFORE, ASCII_AFTER = "<", ">"


def with_bar(
    rows: Sequence[StyledLine], shown: range, count: int, width: int, look: Look
) -> list[StyledLine]:
    """`rows` of fewer than `width` cells, with a bar in the last one where not all are shown.

    Args:
        rows: one for each item, or more after one another.
        shown: which of all items are shown.
        count: how many items there are.
        width: cells of a row with its bar.
        look: what the terminal can show.
    """
    if len(shown) == count or not rows:
        return list(rows)
    thumb, track = (ASCII_THUMB, ASCII_TRACK) if look.ascii else (THUMB, TRACK)
    size = max(len(rows) * len(shown) // count, 1)
    free = len(rows) - size
    hidden = count - len(shown)
    first = (shown.start * free + hidden // 2) // hidden
    if shown.start and free:
        first = max(first, 1)  # at an end only where nothing is beyond it
    if shown.stop < count and free:
        first = min(first, free - 1)
    return [
        [
            *row,
            (" " * (width - 1 - length(row)), "plain"),
            (thumb, "strong") if first <= place < first + size else (track, "dim"),
        ]
        for place, row in enumerate(rows)
    ]


def marks(shown: range, count: int, look: Look) -> tuple[str, str]:
    """What stands before and after columns of which only some are shown; blanks where all are."""
    before, after = (ASCII_BEFORE, ASCII_AFTER) if look.ascii else (BEFORE, AFTER)
    return before if shown.start else " ", after if shown.stop < count else " "
