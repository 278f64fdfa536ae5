"""What recurrent layers share: the inputs of all times as one product, then time runs.

A cell has some gates, each of `units` sums a = W_ih x[t] + b_ih + W_hh h[t-1] + b_hh. `Recurrent`
makes the inputs' part, the gradients of weights and inputs, and leaves the cell's arithmetic to two
kernels of the layer's own file. The last h is the layer's output.
"""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

import numpy as np

from tui_dl.kernels.contract import contract, lanes, pack, row_sums, sum_shards
from tui_dl.kernels.elementary import add
from tui_dl.kernels.jit import Array, Ints
from tui_dl.kernels.lanes import LANES
from tui_dl.kernels.layer import Call, Layer, flat, zeros
from tui_dl.kernels.outer import Outer, Turned


class Recurrent(Layer):
    """Arrays of (shards, times, gates * units or units, LANES).

    Attributes:
        a: the sums, then whatever the cell makes of them.
        h: hidden states.
        da: gradients of the sums; da_hh those of the recurrent part where they differ.
    """

    gates: ClassVar[int]

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        shards, self.times, self.inputs, _ = self.x.shape
        self.units = self.fields.units
        self.a = self.over_time(self.gates)
        self.h = self.hidden()
        self.da = self.slopes()
        self.da_hh = self.recurrent_slopes()
        self.bias = zeros(self.gates * self.units)
        self.panels = {name: zeros(w.size) for name, w in self.w.items() if w.ndim == 2}
        self.back_panels = {name: zeros(panel.size) for name, panel in self.panels.items()}
        self.db_shards = {
            id(da): (zeros(shards, self.gates * self.units), da) for da in (self.da, self.da_hh)
        }
        da, x, h = Turned(self.da), Turned(self.x), Turned(self.h)
        da_hh = da if self.da_hh is self.da else Turned(self.da_hh)
        self.turned = {id(turned): turned for turned in (da, x, h, da_hh)}.values()
        self.outer = [
            Outer(self.dw["weight_ih_l0"], da, x),
            Outer(self.dw["weight_hh_l0"], da_hh, h, lag=1),
        ]

    def over_time(self, gates: int) -> Array:
        """Zeros for so many gates at all times."""
        array: Array = zeros(len(self.x), self.times, gates * self.units, LANES)
        return array

    def hidden(self) -> Array:
        """The array of hidden states."""
        return self.over_time(1)

    def slopes(self) -> Array:
        """The array of the sums' gradients; it may be `a`, a gate being read just before."""
        return self.a

    def recurrent_slopes(self) -> Array:
        """The array of the recurrent part's gradients."""
        return self.da

    def starts(self, shards: slice, gates: int) -> Ints:
        """Where each shard of an array of so many gates begins, the first at 0."""
        starts: Ints = np.arange(len(self.x[shards])) * gates * self.units * self.times * LANES
        return starts

    def run(self, shards: slice) -> Call:
        """The cell forward: y and all it keeps, of the sums' inputs' part."""
        raise NotImplementedError

    def run_back(self, shards: slice) -> Call:
        """The cell backward: da, and da_hh if it is another, of dy."""
        raise NotImplementedError

    def pack(self, part: int, parts: int) -> list[Call]:
        calls: list[Call] = []
        for name, panels in self.panels.items():
            weight, (units, inputs) = flat(self.w[name]), self.w[name].shape
            back, across = self.back_panels[name], np.arange(units) * inputs
            calls.append(partial(pack, panels, weight, inputs, np.arange(inputs), part, parts))
            calls.append(partial(pack, back, weight, 1, across, part, parts))
        if part == 0:
            calls.append(self.pack_bias())
        return calls

    def pack_bias(self) -> Call:
        """Make the bias that the inputs' part begins with."""
        return partial(add, self.bias, self.w["bias_ih_l0"], self.w["bias_hh_l0"])

    def forward(self, shards: slice) -> list[Call]:
        a, x = self.a[shards], self.x[shards]
        inputs = self._all_times(a, x, self.panels["weight_ih_l0"], self.bias)
        return [inputs, self.run(shards)]

    def backward(self, shards: slice) -> list[Call]:
        calls = [self.run_back(shards)]
        for db, da in self.db_shards.values():
            own = flat(db[shards]), flat(da[shards]), len(da[shards])
            calls.append(partial(row_sums, *own, da.shape[2], self.times))
        for turned in self.turned:
            calls += turned.turn(shards)
        if self.dx is not None:
            back, nothing = self.back_panels["weight_ih_l0"], zeros(self.inputs)
            calls.append(self._all_times(self.dx[shards], self.da[shards], back, nothing))
        return calls

    def reduce(self, shards: int, part: int, parts: int) -> list[Call]:
        calls = [call for outer in self.outer for call in outer.reduce(shards, part, parts)]
        for name, da in (("bias_ih_l0", self.da), ("bias_hh_l0", self.da_hh)):
            db, _ = self.db_shards[id(da)]
            calls.append(partial(sum_shards, self.dw[name], flat(db), shards, part, parts))
        return calls

    def _all_times(self, y: Any, x: Any, panels: Array, bias: Array) -> Call:
        """y[t] = bias + weights x[t] for every t."""
        features, rows = x.shape[2], y.shape[2]
        return partial(
            contract, flat(y), flat(x), panels, bias,
            lanes(features), np.arange(self.times) * features * LANES,
            len(x), y[0].size, LANES, rows * LANES, x[0].size, 0,
        )  # fmt: skip


def by_time(array: Array) -> Array:
    """(shards, times, n, LANES) as (shards, times, n * LANES)."""
    return array.reshape(*array.shape[:2], -1)


def rows(array: Array) -> Array:
    """(shards, n, LANES) as (shards, n * LANES)."""
    return array.reshape(len(array), -1)
