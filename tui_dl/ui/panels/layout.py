"""Where the panels of the run screen stand: a pure function of the size and what they want."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from textual.geometry import Region, Size

from tui_dl.ui.panels.panel import ANY, EVERY_TAB

SECOND_FROM, THIRD_FROM = 100, 160  # columns of the screen from which there is another one
SIDE, NARROW_SIDE, WIDE_ENOUGH = 44, 38, 112  # the second column, and from where it is wider
THIRD = 40  # columns of the third one, at least
ABOVE = 7  # rows that the strips at the bottom leave to the others; of the rest they get a third


class Box(NamedTuple):
    """What the layout has to know of a panel that has something to say."""

    name: str
    tab: str
    order: int
    beside: Mapping[str, int]
    fills: Mapping[str, int]
    least: Size
    weight: int
    rows: RowsWanted
    most: int = ANY  # columns, of which more show nothing better


class RowsWanted(Protocol):
    """Rows with its frame that a panel wants in so many columns."""

    def __call__(self, width: int) -> int: ...


Places = dict[str, Region]


def place(size: Size, tab: str, boxes: Iterable[Box], maximised: str | None = None) -> Places:
    """Where each box stands on a screen of `size`; those that are left out are not shown.

    What belongs to every tab stands at the bottom, one above the other. Above it are the boxes of
    `tab` in up to three columns, or only the one that is `maximised`.
    """
    boxes = sorted(boxes, key=lambda it: it.order)
    strips = [it for it in boxes if it.tab == EVERY_TAB]
    most = max((size.height - ABOVE) // 3, 0)
    heights = _heights(strips, size.width, size.height, most, EVERY_TAB)
    places, bottom = Places(), size.height
    for strip, height in zip(strips, heights, strict=False):
        bottom -= height
        if height:
            places[strip.name] = Region(0, bottom, size.width, height)
    others = [it for it in boxes if it.tab != EVERY_TAB]
    if alone := [it for it in others if it.name == maximised]:
        return places | {alone[0].name: Region(0, 0, size.width, bottom)}
    x = 0
    for width, column in _columns(size.width, tab, others):
        places |= _stack(column, Region(x, 0, width, bottom), tab)
        x += width
    return places


def _columns(width: int, tab: str, boxes: Sequence[Box]) -> list[tuple[int, list[Box]]]:
    """The columns from left to right, each with its width and what stands in it.

    What belongs into a third column stands below in the second one where there are only two, or
    where the second one would be hollow. No column is wider than its boxes want. What fills rows
    that are left makes no column of its own.
    """
    if not any(it.tab == tab for it in boxes):
        return []
    last = (width >= SECOND_FROM) + (width >= THIRD_FROM)
    found: list[list[Box]] = [[], [], []]

    def moved(box: Box) -> tuple[int, bool]:
        """What was moved comes last, and of that what takes all the rows that are left."""
        return box.beside.get(tab, 0), tab in box.beside and box.weight > 0

    for box in sorted(boxes, key=moved):
        beside = box.beside.get(tab, box.fills.get(tab))
        if beside is not None and last:
            found[min(beside, last)].append(box)
        elif box.tab == tab:
            found[0].append(box)
    if all(tab in it.fills for it in found[1]):
        found[1] = []
    if found[1] and not any(it.weight for it in found[1]):
        found[1:] = [found[1] + found[2], []]
    elif last == 1 and all(it.beside.get(tab, it.fills.get(tab)) == 2 for it in found[1]):
        found[1] = []
    if not found[0]:  # what would be beside is all there is
        found = [found[1] or found[2], [], found[2] if found[1] else []]
    most = [max((it.most for it in column), default=0) for column in found]
    widths = [
        width,
        (SIDE if width >= WIDE_ENOUGH else NARROW_SIDE) * bool(found[1]),
        THIRD * bool(found[2]),
    ]
    widths[0] = width - widths[1] - widths[2]
    if widths[0] > most[0] + NARROW_SIDE or found[1] or found[2]:  # a narrow rest would look cut
        widths[0] = min(widths[0], most[0])
    for column in (2, 1):
        if found[column]:
            left = width - sum(widths)
            widths[column] = min(widths[column] + left, max(most[column], widths[column]))
    return [(each, column) for each, column in zip(widths, found, strict=True) if column]


def _stack(column: Sequence[Box], region: Region, tab: str) -> Places:
    """The boxes of a column one below the other, as many as fit.

    Those of another tab are left out where they would take rows that those of `tab` want; those
    that fill have, one after the other, what all the others leave.
    """
    places, y = Places(), region.y
    wide_enough = [it for it in column if it.least.width <= region.width] or list(column[:1])
    fitting = [it for it in wide_enough if tab not in it.fills]
    free = region.height - sum(it.rows(region.width) for it in fitting if it.tab == tab)
    fitting = [it for it in fitting if it.tab == tab or it.least.height <= free]
    heights = _heights(fitting, region.width, region.height, region.height, tab)
    for box, height in zip(fitting, heights, strict=False):
        if height:
            places[box.name] = Region(region.x, y, region.width, height)
        y += height
    for box in (it for it in wide_enough if tab in it.fills):
        height = min(box.rows(region.width), region.bottom - y)
        if height >= box.least.height:
            places[box.name] = Region(region.x, y, region.width, height)
            y += height
    return places


def _heights(boxes: Sequence[Box], width: int, height: int, most: int, tab: str) -> list[int]:
    """Rows of as many boxes, from the first on, as fit in `height`; together `most` if they can.

    Each has its least; then those without a weight get the rows that they want, the first ones
    first; the others share what is left by their weights, none more than it wants, and those of
    another tab only what those of `tab` leave.
    """
    wanted = [it.rows(width) if it.weight == 0 else it.least.height for it in boxes]
    heights: list[int] = []
    for box, rows in zip(boxes, wanted, strict=True):
        least = min(box.least.height, rows)
        if heights and sum(heights) + least > height:
            break
        heights.append(min(least, height))
    for index, rows in enumerate(wanted[: len(heights)]):
        heights[index] += max(min(rows - heights[index], most - sum(heights)), 0)
    for is_own in (True, False):
        weighted = {
            index: box.weight
            for index, box in enumerate(boxes[: len(heights)])
            if box.weight and (box.tab == tab) == is_own
        }
        left = most - sum(heights)
        if left > 0 and weighted:
            left += sum(heights[index] for index in weighted)
            bounds = {it: (heights[it], max(boxes[it].rows(width), heights[it])) for it in weighted}
            for index, rows in _shared(left, weighted, bounds).items():
                heights[index] = rows
    return heights


def _shared(
    rows: int, weights: dict[int, int], bounds: dict[int, tuple[int, int]]
) -> dict[int, int]:
    """`rows` by weights, but none less than its least or more than its most."""
    whole = sum(weights.values())
    for bound, sign in ((0, 1), (1, -1)):  # first those that would have too little
        for index, weight in weights.items():
            fixed = bounds[index][bound]
            if (fixed - rows * weight // whole) * sign > 0:
                rest = {it: weights[it] for it in weights if it != index}
                return {index: fixed} | (_shared(rows - fixed, rest, bounds) if rest else {})
    shares, before = {}, 0
    for index, weight in weights.items():
        shares[index] = rows * (before + weight) // whole - rows * before // whole
        before += weight
    return shares
