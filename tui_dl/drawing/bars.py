"""Bars and rows of small columns, drawn of eighths of a block or of ASCII characters."""

from __future__ import annotations

from math import isfinite

import numpy as np

from tui_dl.drawing.arrays import Numbers

ACROSS, UP = " ▏▎▍▌▋▊▉█", " ▁▂▃▄▅▆▇█"
ASCII_UP = " .:-=+*#@"


def bar(share: float, cells: int, ascii: bool = False) -> str:
    """A bar as long as `share`, from 0 to 1, of `cells`, with blanks up to their end."""
    share = min(max(share, 0.0), 1.0) if isfinite(share) else 0.0
    if ascii:
        return ("#" * round(share * cells)).ljust(cells)
    eighths = round(share * cells * 8)
    return (ACROSS[-1] * (eighths // 8) + ACROSS[eighths % 8 : eighths % 8 + 1].strip()).ljust(
        cells
    )


def columns(heights: Numbers, cells: int, ascii: bool = False) -> str:
    """One character a column: `heights` added up into at most `cells`, the highest one full.

    What is above 0 is seen, however low it is.
    """
    heights = np.maximum(np.nan_to_num(heights), 0)
    if cells < 1:
        return ""
    groups = np.array_split(heights, min(cells, len(heights)))
    sums = np.array([group.sum() for group in groups])
    ramp = ASCII_UP if ascii else UP
    top = float(sums.max()) or 1.0
    return "".join(ramp[int(np.ceil(it / top * (len(ramp) - 1)))] for it in sums)


def upright(heights: Numbers, rows: int, ascii: bool = False) -> list[str]:
    """Bars of `rows` rows, the highest row first: one character a column, the highest bar full.

    What is above 0 is seen, however low it is.
    """
    heights = np.maximum(np.nan_to_num(heights), 0)
    ramp = ASCII_UP if ascii else UP
    full = len(ramp) - 1
    top = float(heights.max(initial=0)) or 1.0
    levels = np.ceil(heights / top * rows * full).astype(int)
    return [
        "".join(ramp[it] for it in np.clip(levels - full * row, 0, full).tolist())
        for row in reversed(range(rows))
    ]
