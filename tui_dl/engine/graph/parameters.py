"""All trained numbers of a network in one array, found by name, layer and block."""

from __future__ import annotations

from itertools import accumulate
from math import prod

import numpy as np

from tui_dl.kernels.core.arrays import zeros
from tui_dl.kernels.core.jit import Array
from tui_dl.kernels.optimizers.base import CHUNK
from tui_dl.spec.shape_inference import LayerNode


class Parameters:
    """Weights and gradients, flat for the optimiser and as named tensors for everybody else.

    Attributes:
        values, gradients: (blocks * BLOCK,) every tensor begins a block; the rest of its last
            block stays 0.
        layers: names of the layers that have weights, in order.
        starts: (layers + 1,) the first block of each, and how many blocks there are.
    """

    def __init__(self, rows: list[LayerNode]) -> None:
        shapes = {
            f"{row.name}.{name}": shape for row in rows for name, shape in row.parameters.items()
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
        """Views of a flat array, by PyTorch's names: ``dense_1.weight``."""
        return {
            name: flat[start : start + prod(shape)].reshape(shape)
            for name, (start, shape) in self._places.items()
        }

    def of(self, layer: str, flat: Array) -> dict[str, Array]:
        """One layer's tensors, by their name within it."""
        prefix = f"{layer}."
        tensors = self.tensors(flat).items()
        return {name.removeprefix(prefix): t for name, t in tensors if name.startswith(prefix)}
