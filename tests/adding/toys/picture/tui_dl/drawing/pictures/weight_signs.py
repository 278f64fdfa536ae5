"""How many weights of each layer are above zero: a bar a layer."""

from __future__ import annotations

from tui_dl.drawing.arrays import UnreadableError, numbers
from tui_dl.drawing.bars import bar
from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import percent

TITLE = "weights above zero"
ORDER = 90
LEAST_SIZE = (24, 3)


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """The layer's name, and how many of its weights are above zero, in percent and as a bar."""
    layers, above = artifact.labels.get("layers", []), numbers(artifact, "above", 1).tolist()
    if len(layers) != len(above):
        raise UnreadableError("its shares are not those of its layers")
    return [
        [(f"{layer} {percent(share)} ", "plain"), (bar(share, 20, look.ascii), "train")]
        for layer, share in zip(layers, above, strict=True)
    ]
