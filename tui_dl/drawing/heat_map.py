"""Figures of layers as a map: a column for each moment, a row for each layer, or for two of them.

Two layers share a row as the halves of a block. Where figures are beyond their threshold the map is
hatched, which is seen without colours too; half of a block is striped in its place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from tui_dl.drawing.colour_levels import level, levels, shades
from tui_dl.drawing.colours import Look
from tui_dl.drawing.layer_scale import faults, scale_of
from tui_dl.drawing.styled_text import StyledLine, StyledText
from tui_dl.drawing.x_axis import XAxis
from tui_dl.runs.layer_figure import LayerFigure

FULL, HALF = " ", "▀"  # a blank on a coloured ground fills its cell in every font
HATCH, ASCII_HATCH = "╱", "/"
HATCHED = "color(248)"  # seen on the map's darkest and on its brightest colour
PLAYHEAD, ASCII_PLAYHEAD = "┃", "|"
UNDEFINED, ASCII_UNDEFINED = "×", "x"  # a figure that is not finite

Places = npt.NDArray[np.intp]


def parts_of(axis: XAxis, ends: Sequence[int], columns: int) -> Places:
    """For each column whose middle has come: the place among `ends` of the part that it shows."""
    newest = ends[-1] / axis.per_epoch
    middles = [axis.epoch_at(it, columns) for it in range(columns)]
    begun = max(bisect_right(middles, newest), int(axis.shows(newest)))
    steps = np.array(middles[:begun]) * axis.per_epoch
    return np.minimum(np.searchsorted(ends, steps), len(ends) - 1)


def heat_map(
    figure: LayerFigure,
    shown: Sequence[int],
    axis: XAxis,
    columns: int,
    look: Look,
    halved: bool = False,
) -> list[StyledLine]:
    """A row for each of the layers `shown`, or for two where it is `halved`.

    Rows are one cell longer than `columns`: after the newest moment stands the playhead, where the
    axis reaches to it.
    """
    parts = parts_of(axis, figure.ends, columns)
    past = np.array(figure.past, np.float64)
    found = level(scale_of(figure).places(past), look)[parts][:, shown].T.tolist()
    beyond = faults(figure, past)[parts][:, shown].T.tolist()
    pixels = [list(zip(*row, strict=True)) for row in zip(found, beyond, strict=True)]
    is_shown = axis.shows(figure.ends[-1] / axis.per_epoch)
    playhead = ASCII_PLAYHEAD if look.ascii else PLAYHEAD
    end: StyledLine = [(playhead if is_shown else " ", "strong")]
    if len(parts) < columns:
        end.append((" " * (columns - len(parts)), "plain"))
    if not halved:
        return [[*joined(step(*pixel, look) for pixel in row), *end] for row in pixels]
    rows: list[StyledLine] = []
    for upper, lower in zip(pixels[::2], pixels[1::2], strict=False):
        cells = (
            _two(*above, *below, bool(column % 2), look)
            for column, (above, below) in enumerate(zip(upper, lower, strict=True))
        )
        rows.append([*joined(cells), *end])
    if len(pixels) % 2:
        rows.append([*joined(_upper(*pixel, look) for pixel in pixels[-1]), *end])
    return rows


def joined(cells: Iterable[StyledText]) -> StyledLine:
    """Cells as a row in which neighbours of one style are one piece."""
    return [
        ("".join(text for text, _ in run), style) for style, run in groupby(cells, itemgetter(1))
    ]


def hatch(look: Look) -> str:
    """The character that stands for what is beyond the threshold."""
    return ASCII_HATCH if look.ascii else HATCH


@lru_cache(1024)
def step(level: int, beyond: bool, look: Look) -> StyledText:
    """One level, of a layer at one moment or of the scale; hatched beyond the threshold."""
    colours = levels(look)
    if level < 0:
        return (ASCII_UNDEFINED if look.ascii else UNDEFINED), "bad"
    if beyond:
        return hatch(look), f"{HATCHED} on {colours[level]}" if colours else "warn"
    return (FULL, f"on {colours[level]}") if colours else (shades(look)[level], "heat")


@lru_cache(4096)
def _two(
    level: int, beyond: bool, lower: int, lower_beyond: bool, stripe: bool, look: Look
) -> StyledText:
    """Two layers at one moment; hatched in a mixed colour where both are beyond the threshold.

    Where one of them is, its half is grey where there is a `stripe`.
    """
    colours = levels(look)
    if level < 0 and lower < 0:
        return UNDEFINED, "bad"
    if level < 0 or lower < 0:
        return UNDEFINED, f"#ff8787 on {colours[max(level, lower)]}"
    if beyond and lower_beyond:
        return HATCH, f"{HATCHED} on {colours[(level + lower) // 2]}"
    above = HATCHED if beyond and stripe else colours[level]
    below = HATCHED if lower_beyond and stripe else colours[lower]
    return HALF, f"{above} on {below}"


def _upper(level: int, beyond: bool, look: Look) -> StyledText:
    """The last layer of an odd number of them, which has the upper half of its row."""
    text, style = step(level, beyond, look)
    return (HALF, levels(look)[level]) if text == FULL else (text, style)
