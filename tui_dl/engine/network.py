"""A network as lists of kernel calls over arrays that are allocated once."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from tui_dl.engine.parameters import Parameters
from tui_dl.kernels import LAYERS
from tui_dl.kernels.lanes import LANES
from tui_dl.kernels.layer import Call, Layer, flat, zeros
from tui_dl.kernels.softmax_cross_entropy import softmax_cross_entropy
from tui_dl.layers import kind
from tui_dl.layout import Row


class Network:
    """Layers, loss and their arrays for up to `shards` shards.

    Attributes:
        inputs: (shards, shape of a sample, LANES) float32 numbers or int32 symbols.
        labels, weights: (shards, LANES) class and weight in the loss of every lane.
        losses, hits: (shards,) sum of weighted losses; how many were classified rightly.
    """

    def __init__(self, rows: list[Row], parameters: Parameters, shards: int) -> None:
        given = rows[0].given
        kind_of_number = np.int32 if given.symbols else np.float32
        self.shards = shards
        self.inputs = zeros(shards, *given.shape, LANES, dtype=kind_of_number)
        self.labels = zeros(shards, LANES, dtype=np.int32)
        self.weights = zeros(shards, LANES)
        self.losses = zeros(shards)
        self.hits = zeros(shards, dtype=np.int64)
        self.layers: list[Layer] = []
        x: Any = self.inputs
        dx: Any = None  # the gradient of an array nobody trains is never computed
        for row in rows:
            w = parameters.of(row.name, parameters.values)
            dw = parameters.of(row.name, parameters.gradients)
            layer = LAYERS[kind(row.layer)](row.layer, x, dx, row.output.shape, w, dw)
            self.layers.append(layer)
            trained = w or dx is not None
            x, dx = layer.y, layer.dy if trained else None

    @property
    def outputs(self) -> Any:
        """(shards, classes, LANES) logits."""
        return self.layers[-1].y

    def pack(self, part: int, parts: int) -> list[Call]:
        """A share of what must be done whenever the weights have changed."""
        return [call for layer in self.layers for call in layer.pack(part, parts)]

    def forward(self, shards: slice) -> list[Call]:
        """Inputs to losses and hits of these shards, and the gradient of their logits."""
        calls = [call for layer in self.layers for call in layer.forward(shards)]
        last = self.layers[-1]
        loss = partial(
            softmax_cross_entropy, self.losses[shards], self.hits[shards],
            flat(last.dy[shards]), flat(last.y[shards]),
            flat(self.labels[shards]), flat(self.weights[shards]), last.y.shape[1],
        )  # fmt: skip
        return [*calls, loss]

    def backward(self, shards: slice) -> list[Call]:
        """The logits' gradient back through the layers."""
        return [call for layer in reversed(self.layers) for call in layer.backward(shards)]

    def reduce(self, shards: int, part: int, parts: int) -> list[Call]:
        """A share of making all gradients from the first `shards` shards."""
        return [call for layer in self.layers for call in layer.reduce(shards, part, parts)]
