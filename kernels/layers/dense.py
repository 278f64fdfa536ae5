"""dense: y = W x + b, at every time step of a sequence; dx = W' dy; dW = dy x'; db = sum of dy."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from tui_dl.kernels.core.arrays import flat, zeros
from tui_dl.kernels.core.fields import NoFields
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.sums import row_sums
from tui_dl.kernels.gemm.gemm import gemm
from tui_dl.kernels.gemm.pack import lane_offsets, pack
from tui_dl.kernels.gemm.weight_gradient import Transposed, WeightGradient
from tui_dl.kernels.layers.base import Layer


class Dense(Layer[NoFields]):
    """A gemm whose positions are blocks, or time steps of blocks, and whose offsets are inputs."""

    can_fuse_relu = True

    def prepare(self) -> None:
        self.units, self.inputs = self.w["weight"].shape
        self.bias = self.w.get("bias", zeros(self.units))
        self.panels = zeros(self.units * self.inputs)
        self.back_panels = zeros(self.units * self.inputs if self.dx is not None else 0)
        self.times = self.y[0].size // (self.units * LANES)
        self.transposed = self._transposed(self.dy), self._transposed(self.x)
        slopes, inputs = self.transposed
        self.weight_gradient = WeightGradient(self.dw["weight"], slopes.rows, inputs.rows)

    def _transposed(self, x: Any) -> Transposed:
        return Transposed(x.reshape(len(x), self.times, -1, LANES))

    def pack(self, part: int, parts: int) -> list[Call]:
        weight = flat(self.w["weight"])
        along = np.arange(self.inputs)
        calls: list[Call] = [partial(pack, self.panels, weight, self.inputs, along, part, parts)]
        if self.dx is not None:
            across = np.arange(self.units) * self.inputs
            calls.append(partial(pack, self.back_panels, weight, 1, across, part, parts))
        return calls

    def _product(
        self, y: Any, x: Any, panels: Any, bias: Any, units: int, inputs: int, relu: bool = False
    ) -> Call:
        positions = np.arange(len(x) * self.times) * inputs * LANES
        return partial(
            gemm, flat(y), flat(x), panels, bias, lane_offsets(inputs), positions,
            1, 0, LANES, units * LANES, 0, relu,
        )  # fmt: skip

    def forward(self, blocks: slice) -> list[Call]:
        y, x = self.y[blocks], self.x[blocks]
        return [
            self._product(y, x, self.panels, self.bias, self.units, self.inputs, self.fuse_relu)
        ]

    def backward(self, blocks: slice) -> list[Call]:
        calls = [call for transposed in self.transposed for call in transposed.transpose(blocks)]
        if self.dx is not None:
            dx, dy = self.dx[blocks], self.dy[blocks]
            no_bias = zeros(self.inputs)
            back = self._product(dx, dy, self.back_panels, no_bias, self.inputs, self.units)
            calls.append(back)
        return calls

    def reduce(self, blocks: int, part: int, parts: int) -> list[Call]:
        calls = self.weight_gradient.reduce(blocks, part, parts)
        if "bias" in self.dw and part == 0:
            dy = flat(self.dy[:blocks])
            calls.append(partial(row_sums, self.dw["bias"], dy, 1, self.units, blocks * self.times))
        return calls
