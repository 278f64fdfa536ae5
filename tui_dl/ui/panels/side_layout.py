"""Which panels of the run screen's right column fit: a pure function of its size."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

METER_FRAME = 3  # rows of the gradient meter that are not layers: border and scale
MOST_ROWS = 3  # of the meter for a layer, where there is room
LEAST_LAYERS = 2  # the first and the last
HISTORY_FRAME = 2
HISTORY_LAYERS = 4  # show the contrast where there is no room for all
PATIENCE_ROWS = 5
LESSON_FRAME = 2
FRAME_COLUMNS = 4  # border and padding at both sides
FILLED = 0.85  # of a line of text, on average, when words are wrapped


class SideLayout(NamedTuple):
    """What is shown beside the gradient meter, which always is."""

    patience: bool
    history: bool
    lesson: bool
    meter_rows: int | None  # at least; None where it takes what is left
    most_meter_rows: int | None  # at most; None where nothing else takes what is left


def side_layout(width: int, height: int, layers: int, lesson_cells: int) -> SideLayout:
    """Share `height` rows: first early stopping, then the meter's past, then the lesson.

    Args:
        width: columns of the side panel.
        height: its rows.
        layers: how many layers are trained.
        lesson_cells: length of the lesson in cells; half of a lesson is never shown.
    """
    left = height - PATIENCE_ROWS
    patience = left >= min(layers, LEAST_LAYERS) + METER_FRAME
    left -= layers + METER_FRAME
    history = left >= min(layers, HISTORY_LAYERS) + HISTORY_FRAME
    if history:
        left -= layers + HISTORY_FRAME
    columns = max(1, width - FRAME_COLUMNS) * FILLED
    lesson = left >= LESSON_FRAME + ceil(lesson_cells / columns)
    if not history:
        return SideLayout(patience, history, lesson, None, None)
    most = MOST_ROWS * max(layers, 1) + METER_FRAME
    return SideLayout(patience, history, lesson, layers + METER_FRAME, most)
