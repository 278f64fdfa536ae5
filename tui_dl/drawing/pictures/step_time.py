"""How the time of a step divides over the layers: bars of the forward and the backward pass."""

from __future__ import annotations

from rich.cells import cell_len

from tui_dl.drawing.arrays import UnreadableError, numbers
from tui_dl.drawing.bars import bar
from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine, column, right
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import CELLS, fixed
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

TITLE = "time of a step by layer"
ORDER = 80
LEAST_SIZE = (36, 5)
VALUE = CELLS + 2


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """A row for each layer, both bars on one scale; those of one that takes no time are empty.

    All times are in microseconds, so that they can be compared by their length.
    """
    layers = [printable(it) for it in artifact.labels.get("layers", [])]
    forward = numbers(artifact, "forward", 1).tolist()
    backward = numbers(artifact, "backward", 1).tolist()
    if not len(layers) == len(forward) == len(backward):
        raise UnreadableError("its times are not those of its layers")
    longest = max(map(cell_len, layers), default=0)
    cells = max((width - longest - 2 * (VALUE + 2)) // 2, 0)
    top = max((it for it in (*forward, *backward) if it == it), default=0.0) or 1.0
    names = (right(f"{tr(name)} µs", cells + VALUE + 1) + " " for name in ("forward", "backward"))
    rows: list[StyledLine] = [[(" " * (longest + 1), "plain"), ("".join(names), "dim")]]
    for layer, *times in zip(layers, forward, backward, strict=True):
        row: StyledLine = [(column(layer, longest + 1), "plain")]
        for time, style in zip(times, ("train", "heat"), strict=True):
            row += [
                (bar(time / top, cells, look.ascii), style),
                (f"{fixed(1000 * time, 1):>{VALUE + 1}} ", "dim"),
            ]
        rows.append(row)
    return rows
