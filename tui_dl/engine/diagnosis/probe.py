"""Statistics of activations over a few validation samples, taken more rarely as a run goes on."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.engine.graph.network import Network
from tui_dl.kernels.core.lanes import LANES
from tui_dl.protocol.events import Activation
from tui_dl.spec.shape_inference import LayerNode

BLOCKS = 4  # of samples, at most
LATER = 2  # times as many steps until the next probe: 20 probes in a million steps
STEEP = 0.1  # of the maximal slope: an output with less is saturated


class Probe:
    """Takes statistics of the layers among `nodes` whose units may die or saturate.

    An evaluation of `samples` samples leaves the outputs of the last ones in the network, so a
    probe needs no forward pass.
    """

    def __init__(self, network: Network, nodes: list[LayerNode], samples: int) -> None:
        blocks = full_blocks(samples, network.blocks)
        self._watched = [
            (node, layer.y[blocks])
            for node, layer in zip(nodes, network.layers, strict=True)
            if (node.layer.can_die or node.layer.saturates) and len(layer.y[blocks])
        ]

    def is_due(self, step: int, last: int) -> bool:
        """Whether there are such layers and the probe at step `last` was long enough ago."""
        return bool(self._watched) and step >= last * LATER

    def look(self) -> dict[str, Activation]:
        """Statistics of each layer, from the evaluation just done."""
        return {node.name: activation(node, y) for node, y in self._watched}


def full_blocks(samples: int, blocks: int) -> slice:
    """Blocks with a sample in every lane, after `samples` samples went through `blocks` blocks."""
    if samples < blocks * LANES:
        return slice(min(samples // LANES, BLOCKS))
    filled, partly = divmod(samples % (blocks * LANES), LANES)  # by the last pass
    if not partly or filled >= blocks // 2:
        return slice(min(filled if partly else blocks, BLOCKS))
    return slice(filled + 1, min(filled + 1 + BLOCKS, blocks))  # filled by the pass before


def activation(node: LayerNode, y: Any) -> Activation:
    """Statistics of the outputs `y` (blocks, shape of a sample, LANES) of an activation."""
    idle = saturated = None
    if node.layer.can_die:
        idle = float(np.mean(_units(y).max(axis=1) <= 0))
    if node.layer.saturates:
        saturated = float(np.mean(node.layer.relative_slope(y) < STEEP))
    return Activation(float(y.mean()), float(y.std()), idle, saturated)


def _units(y: Any) -> Any:
    """(units, outputs of each): a unit is a channel of an image, or a feature of a sequence."""
    axis = y.ndim - 2 if y.ndim == 4 else 1
    return np.moveaxis(y, axis, 0).reshape(y.shape[axis], -1)
