"""A confusion matrix as a table of counts, as pixels, and its commonest mistakes in words."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from rich.cells import cell_len, set_cell_size

from tui_dl.drawing import pixels
from tui_dl.drawing.arrays import Numbers
from tui_dl.drawing.colours import Colours, Look, style
from tui_dl.drawing.pixels import fitted
from tui_dl.drawing.scroll_bar import marks, with_bar
from tui_dl.drawing.styled_text import StyledLine, cut, right
from tui_dl.drawing.window import window
from tui_dl.support.formatting import whole
from tui_dl.support.translations import tr

NAME = 10  # cells of a class's name
SHORT = 4  # of one above a column, where longer ones do not fit
WORST = 8  # mistakes that are said in words
MUTED, NONE = "dim", "faint"  # right answers are many, and must not hide the wrong ones
CHOSEN = "reverse"
GROUND, LIGHT_GROUND = np.array([38, 38, 38]), np.array([238, 238, 238])  # of no mistake
MOST = np.array([215, 95, 0])  # the ground of the most mistakes
DIAGONAL = 0.15  # of the way from none to the most mistakes
TEXT, LIGHT_TEXT = (255, 255, 255), (18, 18, 18)  # on a dark ground, and on a light one

LARGEST = 4  # times that a cell is enlarged, at most

Cell = tuple[int, int]  # row and column


class Matrix(NamedTuple):
    """Counts (classes, classes), a row for each target, and the names of the classes."""

    counts: Numbers
    names: list[str]


class Part(NamedTuple):
    """The rows and columns of a matrix that are shown, and the cell that is chosen."""

    rows: range
    columns: range
    cell: Cell | None = None


def table(it: Matrix, width: int, look: Look, part: Part | None = None) -> list[StyledLine]:
    """The counts, with a warmer ground the more of its row a mistake is; all, or a part of them.

    The names of answers are as long as `width` cells allow.
    """
    every = range(len(it.names))
    rows, columns, cell = part or Part(every, every)
    name, wide = _widths(it, width)
    answers = "".join(f" {_right(it.names[at], wide - 1)}" for at in columns)
    drawn: list[StyledLine] = [[(" " * (name + 1) + answers, "dim")]]
    shares, mark = _mistakes(it.counts), ">" if look.ascii else "▸"
    for index in rows:
        is_chosen = cell is not None and cell[0] == index
        row = [
            (
                f"{set_cell_size(cut(it.names[index], name), name)} ",
                "strong" if is_chosen else "dim",
            )
        ]
        for at in columns:
            count = float(it.counts[index, at])
            text = whole(count) if count else "." if look.ascii else "·"
            if cell == (index, at):
                row.append((f"{mark + text:>{wide}}", CHOSEN))
            else:
                shown = _style(index == at, float(shares[index, at]), look)
                row.append((f"{text:>{wide}}", shown))
        drawn.append(row)
    return drawn


def around(it: Matrix, cell: Cell, width: int, height: int, look: Look) -> list[StyledLine]:
    """As much of the table around a chosen cell as fits, and under it what the cell says.

    A bar and marks say that there is more of it.
    """
    width -= 1  # of the bar
    name, wide = _widths(it, width)
    (row, at), times = cell, float(it.counts[cell])
    classes = len(it.names)
    rows = window(row, classes, height - 2)
    columns = window(at, classes, (width - name - 1) // wide)
    head, *counts = table(it, width, look, Part(rows, columns, cell))
    before, after = marks(columns, classes, look)
    answers = "".join(text for text, _ in head)[name + 1 :]
    head = [(" " * name + before + answers + after, "dim")]
    says = answered_as(it.names[row], it.names[at], times, float(it.counts[row].sum()))
    return [head, *with_bar(counts, rows, classes, width + 1, look), says]


def answered_as(target: str, answer: str, times: float, total: float) -> StyledLine:
    """How many samples of a class were answered as another one."""
    return [
        (tr("{target} answered as {answer}", target=target, answer=answer), "strong"),
        (f": {tr('{part} of {whole}', part=whole(times), whole=whole(total))}", "plain"),
    ]


def squares(it: Matrix, width: int, height: int, look: Look) -> list[StyledLine]:
    """As many pixels for each cell as fit, or one for some of them where there are more.

    Mistakes are as warm as in the table; the diagonal is seen, and no more.
    """
    shares = _mistakes(it.counts)
    top = float(shares.max()) or 1.0
    image = np.where(np.eye(len(shares)) > 0, DIAGONAL, shares / top)

    def colours(values: Numbers) -> Colours:
        return np.asarray(_warm(values[..., None], look), np.uint8)

    image = fitted(image, width, height, look)
    rows = height - len(worst(it, WORST))  # what is said in words is worth more
    zooms = range(LARGEST, 1, -1)
    fit = (zoom for zoom in zooms if _fits(pixels.size(image, look, zoom), width, rows))
    return pixels.draw(image, colours, look, next(fit, 1))


def _fits(size: tuple[int, int], width: int, height: int) -> bool:
    """Whether something of so many columns and rows does."""
    return size[0] <= width and size[1] <= height


def worst(it: Matrix, most: int) -> list[StyledLine]:
    """The commonest mistakes, in words."""
    wrong = it.counts * (1 - np.eye(len(it.counts)))
    order = np.argsort(-wrong, axis=None, kind="stable")[: min(max(most, 0), WORST)]
    return [
        confused(it.names[target], it.names[answer], count)
        for target, answer in zip(*np.unravel_index(order, wrong.shape), strict=True)
        if (count := float(wrong[target, answer])) > 0
    ]


def confused(target: str, answer: str, count: float) -> StyledLine:
    """How often one class was taken for another."""
    says = tr("{target} taken for {answer}: ", target=target, answer=answer)
    return [(says, "plain"), (whole(count), "strong")]


def _widths(it: Matrix, width: int) -> tuple[int, int]:
    """Cells of a name, and of a column with a blank before it: of whole names if all fit."""
    name = min(max(map(cell_len, it.names)), NAME)
    count = len(whole(float(it.counts.max())))
    wide = max(count, name) + len("  ")
    if name + 1 + wide * len(it.names) <= width:
        return name, wide
    return name, max(count, min(name, SHORT)) + 1


def _right(text: str, cells: int) -> str:
    """As much of a text as fits, at the right, where the counts below it are."""
    return right(cut(text, cells), cells)


def _style(is_right: bool, share: float, look: Look) -> str:
    """The style of a count: a right one is muted, a mistake is seen."""
    if is_right or not share:
        return MUTED if is_right else NONE
    if not look.has_pixels:
        return "bad"
    return style(LIGHT_TEXT if look.light else TEXT, _warm(min(share * 2, 1.0), look), look)


def _warm(share: float | Numbers, look: Look) -> Numbers:
    """The ground of a mistake, from 0 to 1."""
    none = LIGHT_GROUND if look.light else GROUND
    return np.asarray(none + (MOST - none) * share)


def _mistakes(counts: Numbers) -> Numbers:
    """Each mistake's share of its row; right answers count 0."""
    wrong = counts * (1 - np.eye(len(counts)))
    return np.asarray(wrong / np.maximum(counts.sum(axis=1, keepdims=True), 1))
