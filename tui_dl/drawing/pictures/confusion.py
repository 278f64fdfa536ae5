"""The confusion matrix: how often each class was answered as each."""

from __future__ import annotations

import numpy as np
from rich.cells import cell_len, set_cell_size

from tui_dl.drawing import pixels
from tui_dl.drawing.arrays import Numbers, UnreadableError, numbers
from tui_dl.drawing.colours import Look, perceptual, style
from tui_dl.drawing.pixels import fitted
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import percent, whole
from tui_dl.support.terminal_text import printable

TITLE = "confusion matrix of the validation samples"
NAME = 10  # cells of a class's name
WORST = 8  # mistakes that are said in words
MUTED = "faint"  # right answers are many, and must not hide the wrong ones
GROUND, MOST = np.array([38, 38, 38]), np.array([215, 95, 0])  # of no mistake, and of the most


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """Counts in a table where they fit, else a pixel a cell; then the commonest mistakes."""
    matrix = np.nan_to_num(numbers(artifact, "matrix", 2))
    if matrix.shape[0] != matrix.shape[1] or matrix.min() < 0:
        raise UnreadableError("its matrix is none of counts of classes")
    names = [printable(it) for it in artifact.labels.get("classes", [])]
    names += [str(index) for index in range(len(names), len(matrix))]
    total = float(matrix.sum())
    heading: StyledLine = [
        ("rows: target, columns: answer  ", "dim"),
        (f"{percent(float(np.trace(matrix)) / total if total else None)} right", "plain"),
    ]
    room = height - 2
    rows = _table(matrix, names, look)
    if len(rows) > room or sum(cell_len(text) for text, _ in rows[0]) > width:
        rows = _pixels(matrix, width, max(room, 1), look)
    return [heading, *rows, *_worst(matrix, names, room - len(rows) + 1)]


def _table(matrix: Numbers, names: list[str], look: Look) -> list[StyledLine]:
    """The counts, with a warmer ground the more of its row a mistake is."""
    longest = min(max(map(cell_len, names)), NAME)
    cell = max(len(whole(float(matrix.max()))), min(max(map(cell_len, names)), 4)) + 1
    answers = "".join(f"{set_cell_size(name, cell - 1):>{cell}}" for name in names)
    rows: list[StyledLine] = [[(" " * (longest + 1) + answers, "dim")]]
    shares = _mistakes(matrix)
    for index, counts in enumerate(matrix.tolist()):
        row: StyledLine = [(f"{set_cell_size(names[index], longest)} ", "dim")]
        for column, count in enumerate(counts):
            text = f"{whole(count) if count else '.' if look.ascii else '·':>{cell}}"
            row.append((text, _style(index == column, float(shares[index, column]), look)))
        rows.append(row)
    return rows


def _style(is_right: bool, share: float, look: Look) -> str:
    """The style of a count: a right one is muted, a mistake is seen."""
    if is_right or not share:
        return MUTED
    if not look.has_pixels:
        return "bad"
    ground = GROUND + (MOST - GROUND) * min(share * 2, 1)
    return style((255, 255, 255), ground, look)


def _mistakes(matrix: Numbers) -> Numbers:
    """Each mistake's share of its row; right answers count 0."""
    wrong = matrix * (1 - np.eye(len(matrix)))
    return np.asarray(wrong / np.maximum(matrix.sum(axis=1, keepdims=True), 1))


def _pixels(matrix: Numbers, width: int, height: int, look: Look) -> list[StyledLine]:
    """A pixel for each cell, or for some of them where there are more than fit."""
    shares = _mistakes(matrix)
    top = float(shares.max()) or 1.0
    image = np.where(np.eye(len(matrix)) > 0, 0.15, shares / top)
    return pixels.draw(fitted(image, width, height, look), perceptual, look)


def _worst(matrix: Numbers, names: list[str], most: int) -> list[StyledLine]:
    """The commonest mistakes, in words."""
    wrong = matrix * (1 - np.eye(len(matrix)))
    order = np.argsort(-wrong, axis=None, kind="stable")[: min(max(most, 0), WORST)]
    return [
        [(f"{names[target]} taken for {names[answer]}: ", "plain"), (whole(count), "strong")]
        for target, answer in zip(*np.unravel_index(order, wrong.shape), strict=True)
        if (count := float(wrong[target, answer])) > 0
    ]
