"""Forward values and backward gradients of a tiny network, beside finite differences."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tui_dl.drawing.arrays import UnreadableError, numbers
from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine, column, right
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import short
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

TITLE = "backpropagation beside finite differences"
ORDER = 2
LEAST_SIZE = (60, 6)
CELLS, LEAST_CELLS = 10, 9  # of a number, with the gap before it


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """A row for each unit, with columns for each sample, then a row for each weight."""
    forward, backward = numbers(artifact, "forward", 2), numbers(artifact, "backward", 2)
    checked = numbers(artifact, "backward.differences", 2)
    weight, gradient = numbers(artifact, "weight", 1), numbers(artifact, "gradient", 1)
    differences = numbers(artifact, "gradient.differences", 1)
    error = float(numbers(artifact, "gradient_error", 1)[0])
    units, weights = (artifact.labels.get(it, []) for it in ("units", "weights"))
    samples = len(forward)
    if not forward.shape == backward.shape == checked.shape == (samples, len(units)):
        raise UnreadableError("its values are not those of its units")
    if not len(weight) == len(gradient) == len(differences) == len(weights):
        raise UnreadableError("its gradients are not those of its weights")
    longest = max(cell_len(printable(it)) for it in [*units, *weights])
    cells = min(CELLS, max((width - longest) // (3 * max(samples, 1)), LEAST_CELLS))
    across = samples * cells
    heads = (("forward", across), ("backward", across), ("by differences", across))
    rows = [_heading("unit", longest, heads)]
    for name, *figures in zip(units, forward.T, backward.T, checked.T, strict=True):
        rows.append(_row(name, longest, [it.tolist() for it in figures], cells))
    heads = (("weight", across), ("gradient", across), ("by differences", across))
    rows.append(_heading("weight to,from", longest, heads))
    for name, *values in zip(weights, weight, gradient, differences, strict=True):
        rows.append(_row(name, longest, [[float(it)] for it in values], across))
    said = tr("largest difference {share} of the largest gradient", share=short(error))
    if len(rows) == height:  # of 80x24, enlarged: all rows are worth more than their summary
        return rows
    return [[(said, "good" if error < 1e-3 else "warn")], *rows]


def _heading(first: str, longest: int, columns: Sequence[tuple[str, int]]) -> StyledLine:
    names = "".join(right(tr(name), cells) for name, cells in columns)
    return [(column(tr(first), longest) + names, "dim")]


def _row(name: str, longest: int, groups: list[list[float]], cells: int) -> StyledLine:
    """A name, and numbers in as many groups as there are styles."""
    row: StyledLine = [(column(printable(name), longest), "plain")]
    for group, style in zip(groups, ("plain", "train", "validation"), strict=True):
        row.append(("".join(f"{short(it):>{cells}}" for it in group), style))
    return row
