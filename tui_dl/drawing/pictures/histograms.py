"""Histograms of weights, gradients and outputs, a row for each layer."""

from __future__ import annotations

from rich.cells import cell_len

from tui_dl.drawing.arrays import UnreadableError, numbers
from tui_dl.drawing.bars import columns
from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine, column
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import CELLS, short
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

TITLE = "histograms of weights, gradients and outputs"
ORDER = 70
LEAST_SIZE = (36, 6)
GROUPS = (("weights", "trained", "train"), ("gradients", "trained", "heat"),
          ("outputs", "layers", "validation"))  # fmt: skip
LEAST, GAP = 8, 2  # columns of bars, and between two groups


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """The groups side by side where there is room, else one under another.

    Each row has the lowest number of a layer, its bars and the highest number.
    """
    groups = [
        (name, artifact.labels.get(layers, []), style)
        for name, layers, style in GROUPS
        if name in artifact.arrays
    ]
    names = [printable(name) for _, layers, _ in groups for name in layers]
    longest = max(map(cell_len, names), default=0)
    fixed = longest + 2 * (CELLS + 1) + 1
    across = max(1, min(len(groups), (width + GAP) // (fixed + LEAST + GAP)))
    bars = max((width + GAP) // across - GAP - fixed, 1)
    blocks = [_group(artifact, *group, longest, bars, look) for group in groups]
    rows: list[StyledLine] = []
    for first in range(0, len(blocks), across):
        side = blocks[first : first + across]
        for y in range(max(map(len, side))):
            row: StyledLine = []
            for block in side:
                row += block[y] if y < len(block) else [(" " * (fixed + bars), "plain")]
                row.append((" " * GAP, "plain"))
            rows.append(row[:-1])
    return rows


def _group(
    artifact: Artifact,
    name: str,
    layers: list[str],
    style: str,
    longest: int,
    bars: int,
    look: Look,
) -> list[StyledLine]:
    """The heading of a group and a row for each of its layers, all equally wide."""
    counts, edges = numbers(artifact, name, 2), numbers(artifact, f"{name}.range", 2)
    if not len(counts) == len(edges) == len(layers) or edges.shape[1] != 2:
        raise UnreadableError(f"its {name} are not those of its layers")
    heading = column(tr(name), longest + 1 + 2 * (CELLS + 1) + bars)
    rows: list[StyledLine] = [[(heading, "strong")]]
    for layer, row, (low, high) in zip(layers, counts, edges.tolist(), strict=True):
        drawn = columns(row, bars, look.ascii)
        rows.append(
            [
                (column(printable(layer), longest + 1), "plain"),
                (f"{short(low):>{CELLS}} ", "dim"),
                (drawn, style),
                (column(f" {short(high)}", CELLS + 1 + bars - len(drawn)), "dim"),
            ]
        )
    return rows
