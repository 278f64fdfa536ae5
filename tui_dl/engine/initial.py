"""First values of the weights: PyTorch's defaults."""

from __future__ import annotations

from math import prod, sqrt

import numpy as np

from tui_dl.engine.parameters import Parameters
from tui_dl.layers import Embedding, Recurrent
from tui_dl.layout import Row
from tui_dl.streams import stream


def initialise(parameters: Parameters, rows: list[Row], seed: int) -> None:
    """Fill `parameters`; every tensor has a stream of its own.

    Embeddings are drawn from N(0, 1), all others uniformly between -b and b: b = 1 / sqrt(inputs
    of one output), for a recurrent layer b = 1 / sqrt(units).
    """
    for row in rows:
        for name, tensor in parameters.of(row.name, parameters.values).items():
            random = stream(seed, f"{row.name}.{name}")
            if isinstance(row.layer, Embedding):
                tensor[...] = random.standard_normal(tensor.shape, np.float32)
            else:
                bound = 1 / sqrt(_fan(row))
                tensor[...] = random.uniform(-bound, bound, tensor.shape).astype(np.float32)


def _fan(row: Row) -> int:
    if isinstance(row.layer, Recurrent):
        return row.layer.units
    return prod(row.parameters["weight"][1:])
