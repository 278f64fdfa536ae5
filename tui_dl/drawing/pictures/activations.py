"""Statistics of the layers whose units may die or saturate."""

from __future__ import annotations

from rich.cells import cell_len

from tui_dl.drawing.arrays import UnreadableError, numbers
from tui_dl.drawing.bars import bar
from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine, column, right
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import CELLS, percent, short
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

TITLE = "activations: dead and saturated units"
ORDER = 60
LEAST_SIZE = (36, 4)
HIGH = 0.8  # a share that is marked
FIGURES = "mean", "deviation", "idle", "saturated"


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """A row for each layer: mean, deviation, and the shares of dead and saturated units as bars."""
    layers = [printable(it) for it in artifact.labels.get("layers", [])]
    found = [numbers(artifact, figure, 1).tolist() for figure in FIGURES]
    if {len(figures) for figures in found} != {len(layers)}:
        raise UnreadableError("its figures are not those of its layers")
    longest = max(map(cell_len, layers), default=0)
    shares = {
        name: it
        for name, it in zip(("dead", "saturated"), found[2:], strict=True)
        if any(share == share for share in it)
    }
    room = (width - longest - 2 * (CELLS + 1)) // max(len(shares), 1)
    cells = max(min(room - CELLS - 3, 24), 0)
    heading = f"{'':{longest}} {right(tr('mean'), CELLS)} {right(tr('spread'), CELLS)}"
    names = "".join(column(tr(name), cells + CELLS + 2) for name in shares)
    rows: list[StyledLine] = [[(f"{heading}  {names}", "dim")]]
    columns = zip(layers, *found[:2], *shares.values(), strict=True)
    for layer, mean, deviation, *both in columns:
        row: StyledLine = [
            (column(layer, longest), "plain"),
            (f" {short(mean):>{CELLS}} {short(deviation):>{CELLS}}  ", "strong"),
        ]
        for share in both:
            if share != share:
                row.append((" " * (cells + CELLS + 2), "plain"))
                continue
            style = "bad" if share >= HIGH else "train"
            row += [
                (bar(share, cells, look.ascii), style),
                (f" {percent(share):<{CELLS + 1}}", style),
            ]
        rows.append(row)
    return rows
