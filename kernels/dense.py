"""dense: y = W x + b; dx = W' dy; dW = dy x'; db = dy."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from tui_dl.kernels.contract import contract, gradient, lanes, pack, row_sums
from tui_dl.kernels.lanes import LANES
from tui_dl.kernels.layer import Call, Layer, empty, flat, share


class Dense(Layer):
    """Positions are the shards, offsets the inputs; all shards share one gradient sum."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.units, self.inputs = self.w["weight"].shape
        self.bias = self.w.get("bias", np.zeros(self.units, np.float32))
        self.panels = empty(self.units * self.inputs)
        self.back_panels = empty(self.units * self.inputs if self.dx is not None else 0)

    def pack(self, part: int, parts: int) -> list[Call]:
        weight = flat(self.w["weight"])
        along = np.arange(self.inputs)
        calls: list[Call] = [partial(pack, self.panels, weight, self.inputs, along, part, parts)]
        if self.dx is not None:
            across = np.arange(self.units) * self.inputs
            calls.append(partial(pack, self.back_panels, weight, 1, across, part, parts))
        return calls

    def _product(self, y: Any, x: Any, panels: Any, bias: Any, units: int, inputs: int) -> Call:
        positions = np.arange(len(x)) * inputs * LANES
        return partial(
            contract, flat(y), flat(x), panels, bias, lanes(inputs), positions,
            1, 0, LANES, units * LANES, 0,
        )  # fmt: skip

    def forward(self, shards: slice) -> list[Call]:
        y, x = self.y[shards], self.x[shards]
        return [self._product(y, x, self.panels, self.bias, self.units, self.inputs)]

    def backward(self, shards: slice) -> list[Call]:
        if self.dx is None:
            return []
        dx, dy = self.dx[shards], self.dy[shards]
        no_bias = np.zeros(self.inputs, np.float32)
        return [self._product(dx, dy, self.back_panels, no_bias, self.inputs, self.units)]

    def reduce(self, shards: int, part: int, parts: int) -> list[Call]:
        first, last = share(self.units, part, parts)
        if first == last:
            return []
        dy, x = self.dy[:shards], self.x[:shards]
        shard = np.arange(shards)
        calls: list[Call] = [
            partial(
                gradient, flat(self.dw["weight"]), 0,
                flat(dy), 0, LANES, shard * self.units * LANES,
                flat(x), 0, lanes(self.inputs), shard * self.inputs * LANES, 1, first, last,
            )
        ]  # fmt: skip
        if "bias" in self.dw and part == 0:
            calls.append(partial(row_sums, self.dw["bias"], flat(dy), 1, self.units, shards))
        return calls
