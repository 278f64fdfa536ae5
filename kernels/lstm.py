"""lstm: c[t] = f c[t-1] + i g, h[t] = o tanh(c[t]), with gates i, f, g, o; y is the last h.

i, f and o are logistic functions of their sums, g is tanh of its own (Hochreiter & Schmidhuber
1997, with the forget gate of Gers et al. 2000; gates in PyTorch's order).

Backward, from dh[t] = dy at the end, W_hh' da[t+1] before it, and dc[t] = dh o (1 - tanh(c)^2) +
dc[t+1] f[t+1]: da_i = dc g i (1-i), da_f = dc c[t-1] f (1-f), da_g = dc i (1-g^2),
da_o = dh tanh(c) o (1-o).
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from tui_dl.kernels import functions
from tui_dl.kernels.contract import NO_BIAS, contract_shard, lanes
from tui_dl.kernels.jit import Array, Ints, kernel
from tui_dl.kernels.lanes import LANES
from tui_dl.kernels.layer import Call
from tui_dl.kernels.recurrent import Recurrent, by_time, rows
from tui_dl.kernels.vector import broadcast, load, store


class Lstm(Recurrent):
    """Four gates; `c` are the cells' states, `dc` and `dh` what flows back through time."""

    gates = 4

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.c, self.tanh_c = self.over_time(1), self.over_time(1)
        self.dc, self.dh = self.over_time(1), self.over_time(1)

    def run(self, shards: slice) -> Call:
        a, h = by_time(self.a[shards]), by_time(self.h[shards])
        c, tanh_c = by_time(self.c[shards]), by_time(self.tanh_c[shards])
        y, panels = rows(self.y[shards]), self.panels["weight_hh_l0"]
        units, starts = lanes(self.units), self.starts(shards, 1)
        return partial(lstm_forward, y, a, c, tanh_c, h, panels, units, starts)

    def run_back(self, shards: slice) -> Call:
        a, dh, dc = (by_time(array[shards]) for array in (self.a, self.dh, self.dc))
        c, tanh_c = by_time(self.c[shards]), by_time(self.tanh_c[shards])
        dy = rows(self.dy[shards])
        panels, sums = self.back_panels["weight_hh_l0"], lanes(4 * self.units)
        starts = self.starts(shards, 4)
        return partial(lstm_backward, a, dh, dc, dy, c, tanh_c, panels, sums, starts)


@kernel(
    "void(f4[:, ::1], f4[:, :, ::1], f4[:, :, ::1], f4[:, :, ::1], f4[:, :, ::1], f4[::1],"
    " i8[::1], i8[::1])"
)
def lstm_forward(
    y: Array,
    a: Array,
    c: Array,
    tanh_c: Array,
    h: Array,
    panels: Array,
    units: Ints,
    starts: Ints,
) -> None:
    """Gates, cells and hidden states in the order of time; y = h[:, -1].

    `a` (shards, times, 4 * units * LANES) comes in holding the inputs' part of the sums and goes
    out holding the gates; `starts` says where each shard of `h` begins.
    """
    shards, times, step = h.shape
    sums, states = a.reshape(a.size), h.reshape(h.size)
    for t in range(times):
        if t > 0:
            contract_shard(
                sums, t * 4 * step, LANES, times * 4 * step, panels, NO_BIAS,
                states, (t - 1) * step, units, starts,
            )  # fmt: skip
        for s in range(shards):
            gate, now, top, out = a[s, t], c[s, t], tanh_c[s, t], h[s, t]
            before, past = c[s, max(t - 1, 0)], broadcast(np.float32(t > 0))
            functions.sigmoid_all(gate[: 2 * step])
            functions.tanh_all(gate[2 * step : 3 * step])
            functions.sigmoid_all(gate[3 * step :])
            for n in range(0, step, LANES):
                kept = load(gate, step + n) * load(before, n) * past
                store(now, n, kept + load(gate, n) * load(gate, 2 * step + n))
            for n in range(step):
                top[n] = functions.tanh(now[n])
            for n in range(0, step, LANES):
                store(out, n, load(gate, 3 * step + n) * load(top, n))
    for s in range(shards):
        y[s] = h[s, times - 1]


@kernel(
    "void(f4[:, :, ::1], f4[:, :, ::1], f4[:, :, ::1], f4[:, ::1], f4[:, :, ::1], f4[:, :, ::1],"
    " f4[::1], i8[::1], i8[::1])"
)
def lstm_backward(
    a: Array,
    dh: Array,
    dc: Array,
    dy: Array,
    c: Array,
    tanh_c: Array,
    panels: Array,
    sums: Ints,
    starts: Ints,
) -> None:
    """Gradients of the sums, in the gates' place, backwards in time.

    `panels` are of W_hh transposed, `sums` are the offsets of all gates' sums,
    `starts` where each shard of `a` begins.
    """
    shards, times, step = c.shape
    slopes, carried = a.reshape(a.size), dh.reshape(dh.size)
    one = broadcast(np.float32(1))
    dh[:, : times - 1] = 0
    dh[:, times - 1] = dy
    for t in range(times - 1, -1, -1):
        if t < times - 1:
            contract_shard(
                carried, t * step, LANES, times * step, panels, NO_BIAS,
                slopes, (t + 1) * 4 * step, sums, starts,
            )  # fmt: skip
        for s in range(shards):
            gate, top, out = a[s, t], tanh_c[s, t], dh[s, t]
            before, past = c[s, max(t - 1, 0)], broadcast(np.float32(t > 0))
            here, flowing = dc[s, t], dc[s, max(t - 1, 0)]
            later = broadcast(np.float32(t < times - 1))
            for n in range(0, step, LANES):
                i, f = load(gate, n), load(gate, step + n)
                g, o = load(gate, 2 * step + n), load(gate, 3 * step + n)
                shown, slope_h = load(top, n), load(out, n)
                flow = slope_h * o * (one - shown * shown) + load(here, n) * later
                store(gate, n, flow * g * i * (one - i))
                store(gate, step + n, flow * load(before, n) * past * f * (one - f))
                store(gate, 2 * step + n, flow * i * (one - g * g))
                store(gate, 3 * step + n, slope_h * shown * o * (one - o))
                store(flowing, n, flow * f)
