"""All parameters of a network in one array, with views by name and by layer."""

from __future__ import annotations

from itertools import accumulate
from math import prod

import numpy as np

from tui_dl.kernels.core.arrays import zeros
from tui_dl.kernels.core.jit import Array
from tui_dl.kernels.optimizers.base import CHUNK
from tui_dl.spec.shape_inference import LayerNode


class Parameters:
    """Weights and gradients: flat arrays for the optimizer, named tensors for everything else.

    Attributes:
        values, gradients: (chunks * CHUNK,) every tensor begins a chunk; the rest of its last
            chunk stays 0.
        chunks: number of chunks.
        layers: names of the layers that have weights, in order.
        starts: (layers + 1,) the first chunk of each layer, then the number of chunks.
    """

    def __init__(self, nodes: list[LayerNode]) -> None:
        shapes = {
            f"{node.name}.{name}": shape
            for node in nodes
            for name, shape in node.parameters.items()
        }
        chunks = [-(-prod(shape) // CHUNK) for shape in shapes.values()]
        starts = [0, *accumulate(chunks)]
        self.chunks = starts[-1]
        self.values = zeros(self.chunks * CHUNK)
        self.gradients = zeros(self.chunks * CHUNK)
        self._places = {
            name: (start * CHUNK, shape)
            for (name, shape), start in zip(shapes.items(), starts, strict=False)
        }
        layer_of = [name.partition(".")[0] for name in shapes]
        self.layers = list(dict.fromkeys(layer_of))
        firsts = [starts[layer_of.index(layer)] for layer in self.layers]
        self.starts = np.array([*firsts, self.chunks], np.int64)

    def tensors(self, flat: Array) -> dict[str, Array]:
        """Views of the tensors in a flat array, by PyTorch's names: ``dense_1.weight``."""
        return {
            name: flat[start : start + prod(shape)].reshape(shape)
            for name, (start, shape) in self._places.items()
        }

    def of(self, layer: str, flat: Array) -> dict[str, Array]:
        """Views of one layer's tensors, by their name within it: ``weight``."""
        prefix = f"{layer}."
        tensors = self.tensors(flat).items()
        return {name.removeprefix(prefix): t for name, t in tensors if name.startswith(prefix)}
