"""rnn: h[t] = tanh(W_ih x[t] + b_ih + W_hh h[t-1] + b_hh), h[-1] = 0; y is the last h.

With a[t] the argument of tanh: da[t] = (dh[t]) (1 - h[t]^2), dh[t-1] = W_hh' da[t],
dx[t] = W_ih' da[t], dW_ih = sum da[t] x[t]', dW_hh = sum da[t] h[t-1]', db = sum da[t].
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from tui_dl.kernels import functions
from tui_dl.kernels.contract import (
    NO_BIAS,
    contract,
    contract_shard,
    lanes,
    pack,
    row_sums,
    sum_shards,
)
from tui_dl.kernels.elementary import add
from tui_dl.kernels.jit import Array, Ints, kernel
from tui_dl.kernels.lanes import LANES
from tui_dl.kernels.layer import Call, Layer, flat, zeros
from tui_dl.kernels.outer import Outer


class Rnn(Layer):
    """The inputs of all times are one product; then time runs, its positions being the shards."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        shards, self.times, self.inputs, _ = self.x.shape
        self.units = self.fields.units
        self.h = zeros(shards, self.times, self.units, LANES)
        self.da = zeros(shards, self.times, self.units, LANES)
        self.bias = zeros(self.units)
        self.panels = {name: zeros(w.size) for name, w in self.w.items() if w.ndim == 2}
        self.back_panels = {name: zeros(panel.size) for name, panel in self.panels.items()}
        self.db_shards = zeros(shards, self.units)
        self.outer = [
            Outer(self.dw["weight_ih_l0"], self.da, self.x),
            Outer(self.dw["weight_hh_l0"], self.da, self.h, lag=1),
        ]

    def pack(self, part: int, parts: int) -> list[Call]:
        calls: list[Call] = []
        for name, panels in self.panels.items():
            weight, (units, inputs) = flat(self.w[name]), self.w[name].shape
            back, across = self.back_panels[name], np.arange(units) * inputs
            calls.append(partial(pack, panels, weight, inputs, np.arange(inputs), part, parts))
            calls.append(partial(pack, back, weight, 1, across, part, parts))
        if part == 0:
            calls.append(partial(add, self.bias, self.w["bias_ih_l0"], self.w["bias_hh_l0"]))
        return calls

    def _over_time(
        self, y: Any, x: Any, panels: Array, bias: Array, units: int, inputs: int
    ) -> Call:
        return partial(
            contract, flat(y), flat(x), panels, bias,
            lanes(inputs), np.arange(self.times) * inputs * LANES,
            len(x), y[0].size, LANES, units * LANES, x[0].size,
        )  # fmt: skip

    def forward(self, shards: slice) -> list[Call]:
        x, y, h = self.x[shards], self.y[shards], self.h[shards]
        starts = np.arange(len(h)) * h[0].size
        units = lanes(self.units)
        recurrent = self.panels["weight_hh_l0"]
        return [
            self._over_time(h, x, self.panels["weight_ih_l0"], self.bias, self.units, self.inputs),
            partial(rnn_forward, _by_time(y, 2), _by_time(h, 3), recurrent, units, starts),
        ]

    def backward(self, shards: slice) -> list[Call]:
        dy, h, da = self.dy[shards], self.h[shards], self.da[shards]
        starts = np.arange(len(h)) * h[0].size
        calls: list[Call] = [
            partial(
                rnn_backward, _by_time(da, 3), _by_time(dy, 2), _by_time(h, 3),
                self.back_panels["weight_hh_l0"], lanes(self.units), starts,
            ),
            partial(
                row_sums, flat(self.db_shards[shards]), flat(da), len(h), self.units, self.times
            ),
        ]  # fmt: skip
        for outer in self.outer:
            calls += outer.turn(shards)
        if self.dx is not None:
            back = self.back_panels["weight_ih_l0"]
            no_bias = zeros(self.inputs)
            dx = self.dx[shards]
            calls.append(self._over_time(dx, da, back, no_bias, self.inputs, self.units))
        return calls

    def reduce(self, shards: int, part: int, parts: int) -> list[Call]:
        calls = [call for outer in self.outer for call in outer.reduce(shards, part, parts)]
        biases = self.dw["bias_ih_l0"], self.dw["bias_hh_l0"]
        db = flat(self.db_shards)
        return calls + [partial(sum_shards, bias, db, shards, part, parts) for bias in biases]


def _by_time(array: Array, dimensions: int) -> Array:
    """(shards, ..., units * LANES) of so many dimensions."""
    return array.reshape(*array.shape[: dimensions - 1], -1)


@kernel("void(f4[:, ::1], f4[:, :, ::1], f4[::1], i8[::1], i8[::1])")
def rnn_forward(y: Array, h: Array, panels: Array, offsets: Ints, starts: Ints) -> None:
    """h[s, t] = tanh(h[s, t] + W_hh h[s, t-1]) in the order of time; y = h[:, -1].

    `h` (shards, times, units * LANES) comes in holding the inputs' part; `starts` says where each
    shard of it begins.
    """
    shards, times, step = h.shape
    flat = h.reshape(h.size)
    for t in range(times):
        if t > 0:
            contract_shard(
                flat, t * step, LANES, times * step, panels, NO_BIAS,
                flat, (t - 1) * step, offsets, starts,
            )  # fmt: skip
        for s in range(shards):
            now = h[s, t]
            for i in range(step):
                now[i] = functions.tanh(now[i])
    for s in range(shards):
        y[s] = h[s, times - 1]


@kernel("void(f4[:, :, ::1], f4[:, ::1], f4[:, :, ::1], f4[::1], i8[::1], i8[::1])")
def rnn_backward(
    da: Array, dy: Array, h: Array, panels: Array, offsets: Ints, starts: Ints
) -> None:
    """da[s, t] = (W_hh' da[s, t+1]) (1 - h[s, t]^2) backwards in time, from da of dy at its end.

    Shapes are those of `rnn_forward`; `panels` are of W_hh transposed.
    """
    shards, times, step = h.shape
    flat = da.reshape(da.size)
    da[:, times - 1] = dy
    for t in range(times - 1, -1, -1):
        if t < times - 1:
            da[:, t] = 0
            contract_shard(
                flat, t * step, LANES, times * step, panels, NO_BIAS,
                flat, (t + 1) * step, offsets, starts,
            )  # fmt: skip
        for s in range(shards):
            slope, now = da[s, t], h[s, t]
            for i in range(step):
                slope[i] *= 1 - now[i] * now[i]
