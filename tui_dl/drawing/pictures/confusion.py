"""The confusion matrix: how often each class was answered as each.

Of very many classes there are only the commonest confusions, a row each.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tui_dl.drawing.arrays import UnreadableError, array, numbers
from tui_dl.drawing.colours import Look
from tui_dl.drawing.confused_samples import Confusion, draw_confused
from tui_dl.drawing.confusion_table import Cell, Matrix, around, confused, squares, table, worst
from tui_dl.drawing.scroll_bar import with_bar
from tui_dl.drawing.styled_text import StyledLine, StyledText, fitted, length, whole_pieces
from tui_dl.drawing.window import window
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import percent, whole
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

TITLE = "confusion matrix"
ORDER = 30
LEAST_SIZE = (30, 7)
WIDE = 43  # columns in which the heading has all its words


def draw(
    artifact: Artifact, width: int, height: int, look: Look, cell: Cell | None = None
) -> list[StyledLine]:
    """Counts in a table where they fit, else a pixel a cell; then the commonest mistakes.

    With a chosen `cell` it is a table in any case, of as many rows and columns around the cell as
    fit.
    """
    if _is_of_pairs(artifact):
        return _draw_pairs(artifact, width, height, look, cell)
    it = _matrix(artifact)
    total = float(it.counts.sum())
    right = percent(float(np.trace(it.counts)) / total if total else None)
    pieces: StyledLine = [
        (tr("{share} right", share=right), "plain"),
        (f"  {tr('rows: target')}", "dim"),
        (tr(", columns: answer"), "dim"),
    ]
    heading = whole_pieces(pieces, width)
    room, rows = height - 2, table(it, width, look)
    if cell is not None:
        rows = [*around(it, cell, width, height - 1, look), []]
    elif len(rows) > room or length(rows[0]) > width:
        rows = squares(it, width, max(room, 1), look)
    return [heading, *rows, *worst(it, room - len(rows) + 1)]


def cells(artifact: Artifact) -> Cell:
    """How many rows and columns of cells can be chosen.

    Raises:
        UnreadableError: it is no such artifact.
    """
    if _is_of_pairs(artifact):
        return len(array(artifact, "counts")), 1
    classes = len(_matrix(artifact).names)
    return classes, classes


def first_cell(artifact: Artifact) -> Cell:
    """The commonest confusion, which is what one wants to see first."""
    if _is_of_pairs(artifact):
        return 0, 0
    counts = _matrix(artifact).counts
    row, column = divmod(int(np.argmax(counts * (1 - np.eye(len(counts))))), len(counts))
    return row, column


def draw_details(
    artifacts: Mapping[str, Artifact], cell: Cell, width: int, height: int, look: Look
) -> list[StyledLine]:
    """The samples of a cell, as far as other artifacts of the same moment have recorded them.

    Args:
        artifacts: those of the moment by kind, this one among them.
        cell: its row and column.
        width: cells that there are for it.
        height: likewise.
        look: what the terminal can show.
    """
    own = artifacts["confusion"]
    row, at = cell
    if _is_of_pairs(own):
        target, answer = (_texts(own, it)[row] for it in ("target", "answer"))
        count, total = (float(numbers(own, it, 1)[row]) for it in ("counts", "of"))
        classes = tuple(int(it) for it in numbers(own, "pairs", 2)[row])
        found = Confusion((classes[0], classes[1]), target, answer, count, total)
    else:
        it = _matrix(own)
        count, total = float(it.counts[cell]), float(it.counts[row].sum())
        found = Confusion(cell, it.names[row], it.names[at], count, total)
    return draw_confused(artifacts, found, width, height, look)


def _is_of_pairs(artifact: Artifact) -> bool:
    """Whether there are only the commonest confusions."""
    return "counts" in artifact.arrays


def _matrix(artifact: Artifact) -> Matrix:
    """The counts, and the names of the classes, or their numbers."""
    counts = np.nan_to_num(numbers(artifact, "matrix", 2))
    if counts.shape[0] != counts.shape[1] or counts.min() < 0:
        raise UnreadableError("its matrix is none of counts of classes")
    names = [printable(it) for it in artifact.labels.get("classes", [])][: len(counts)]
    return Matrix(counts, names + [str(index) for index in range(len(names), len(counts))])


def _draw_pairs(
    artifact: Artifact, width: int, height: int, look: Look, cell: Cell | None
) -> list[StyledLine]:
    """A row for each of the commonest confusions, as many as fit, around the chosen one."""
    right, total = np.nan_to_num(numbers(artifact, "right", 1)).tolist()[:2]
    heading: StyledLine = [
        (tr("{share} right", share=percent(right / total if total else None)), "plain"),
        (f"  {tr('the commonest confusions')}", "dim"),
    ]
    if not array(artifact, "counts").size:
        return [heading, [(tr("none"), "dim")]]
    targets, answers = _texts(artifact, "target"), _texts(artifact, "answer")
    counts, totals = (numbers(artifact, it, 1).tolist() for it in ("counts", "of"))
    rows: list[StyledLine] = []
    chosen = cell[0] if cell else None
    shown = window(chosen or 0, len(targets), height - 1)
    for index in shown:
        mark = (">" if look.ascii else "▸") if index == chosen else " "
        row = confused(targets[index], answers[index], counts[index])
        says: StyledText = (tr(" of {count}", count=whole(totals[index])), "dim")
        rows.append(fitted([(f"{mark} ", "strong"), *row, says], width - 1))
    return [heading, *with_bar(rows, shown, len(targets), width, look)]


def _texts(artifact: Artifact, name: str) -> list[str]:
    """A label, with a text for each pair."""
    texts = [printable(it) for it in artifact.labels.get(name, [])]
    if not len(texts) == len(array(artifact, "counts")) == len(array(artifact, "of")):
        raise UnreadableError(f"it has not one {name} a count")
    return texts
