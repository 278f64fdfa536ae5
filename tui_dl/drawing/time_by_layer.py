"""How long each layer takes in a step, of the artifact that has measured it."""

from __future__ import annotations

from tui_dl.drawing.arrays import UnreadableError, numbers
from tui_dl.protocol.artifact import Artifact


def time_by_layer(artifact: Artifact) -> dict[str, float]:
    """Milliseconds of forward and backward pass by layer; none where the artifact has no such."""
    try:
        forward, backward = (numbers(artifact, it, 1) for it in ("forward", "backward"))
    except UnreadableError:
        return {}
    layers = artifact.labels.get("layers", [])
    if not len(layers) == len(forward) == len(backward):
        return {}
    return dict(zip(layers, (forward + backward).tolist(), strict=True))
