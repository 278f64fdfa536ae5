"""gru: h[t] = (1 - z) n + z h[t-1], with gates r and z; y is the last h.

r and z are logistic functions of their sums, n = tanh(W_in x + b_in + r (W_hn h[t-1] + b_hn))
(Cho et al. 2014, the reset gate inside as in PyTorch; gates in its order r, z, n).

Backward, from dh[t]: da_n = dh (1-z) (1-n^2), da_r = da_n (W_hn h + b_hn) r (1-r),
da_z = dh (h[t-1] - n) z (1-z); the recurrent part of n gets da_n r; dh[t-1] = W_hh' da_hh + dh z.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from tui_dl.kernels import functions
from tui_dl.kernels.contract import NO_BIAS, contract_shard, lanes
from tui_dl.kernels.elementary import copy
from tui_dl.kernels.jit import Array, Ints, kernel
from tui_dl.kernels.lanes import LANES
from tui_dl.kernels.layer import Call
from tui_dl.kernels.recurrent import Recurrent, by_time, rows
from tui_dl.kernels.vector import broadcast, load, store


class Gru(Recurrent):
    """Three gates; `a_hh` are the recurrent parts of their sums, `dh` what flows back."""

    gates = 3

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.dh = self.over_time(1)

    def recurrent_slopes(self) -> Array:
        self.a_hh = self.over_time(3)
        return self.a_hh

    def pack_bias(self) -> Call:
        return partial(copy, self.bias, self.w["bias_ih_l0"])

    def run(self, shards: slice) -> Call:
        a, a_hh, h = (by_time(array[shards]) for array in (self.a, self.a_hh, self.h))
        panels, bias = self.panels["weight_hh_l0"], self.w["bias_hh_l0"]
        y, units, starts = rows(self.y[shards]), lanes(self.units), self.starts(shards, 1)
        return partial(gru_forward, y, a, a_hh, h, panels, bias, units, starts)

    def run_back(self, shards: slice) -> Call:
        a, a_hh = by_time(self.a[shards]), by_time(self.a_hh[shards])
        dh, h = by_time(self.dh[shards]), by_time(self.h[shards])
        panels, sums = self.back_panels["weight_hh_l0"], lanes(3 * self.units)
        dy, starts = rows(self.dy[shards]), self.starts(shards, 3)
        return partial(gru_backward, a, a_hh, dh, dy, h, panels, sums, starts)


@kernel(
    "void(f4[:, ::1], f4[:, :, ::1], f4[:, :, ::1], f4[:, :, ::1], f4[::1], f4[::1], i8[::1],"
    " i8[::1])"
)
def gru_forward(
    y: Array,
    a: Array,
    a_hh: Array,
    h: Array,
    panels: Array,
    bias: Array,
    units: Ints,
    starts: Ints,
) -> None:
    """Gates and hidden states in the order of time; y = h[:, -1].

    `a` (shards, times, 3 * units * LANES) comes in holding the inputs' part of the sums and goes
    out holding the gates; `a_hh` keeps W_hh h[t-1] + b_hh; `starts` says where each shard of `h`
    begins.
    """
    shards, times, step = h.shape
    sums, states = a_hh.reshape(a_hh.size), h.reshape(h.size)
    one = broadcast(np.float32(1))
    for t in range(times):
        if t > 0:
            contract_shard(
                sums, t * 3 * step, LANES, times * 3 * step, panels, bias,
                states, (t - 1) * step, units, starts,
            )  # fmt: skip
        for s in range(shards):
            recurrent, gate, out, before = a_hh[s, t], a[s, t], h[s, t], h[s, max(t - 1, 0)]
            if t == 0:
                for n in range(3 * step):
                    recurrent[n] = bias[n // LANES]
            for n in range(2 * step):
                gate[n] = functions.sigmoid(gate[n] + recurrent[n])
            fresh, reset, inner = gate[2 * step :], gate[:step], recurrent[2 * step :]
            for n in range(step):
                fresh[n] = functions.tanh(fresh[n] + reset[n] * inner[n])
            past = broadcast(np.float32(t > 0))
            for n in range(0, step, LANES):
                z = load(gate, step + n)
                store(out, n, (one - z) * load(fresh, n) + z * load(before, n) * past)
    for s in range(shards):
        y[s] = h[s, times - 1]


@kernel(
    "void(f4[:, :, ::1], f4[:, :, ::1], f4[:, :, ::1], f4[:, ::1], f4[:, :, ::1], f4[::1],"
    " i8[::1], i8[::1])"
)
def gru_backward(
    a: Array,
    a_hh: Array,
    dh: Array,
    dy: Array,
    h: Array,
    panels: Array,
    sums: Ints,
    starts: Ints,
) -> None:
    """Gradients of both parts of the sums, `a` and `a_hh`, in their place, backwards in time.

    `panels` are of W_hh transposed, `sums` the offsets of all gates' sums, `starts` where each
    shard of `a_hh` begins.
    """
    shards, times, step = h.shape
    slopes, carried = a_hh.reshape(a_hh.size), dh.reshape(dh.size)
    one = broadcast(np.float32(1))
    dh[:, times - 1] = dy
    for t in range(times - 1, -1, -1):
        if t < times - 1:
            contract_shard(
                carried, t * step, LANES, times * step, panels, NO_BIAS,
                slopes, (t + 1) * 3 * step, sums, starts,
            )  # fmt: skip
        for s in range(shards):
            gate, recurrent = a[s, t], a_hh[s, t]
            out, flowing, before = dh[s, t], dh[s, max(t - 1, 0)], h[s, max(t - 1, 0)]
            past = broadcast(np.float32(t > 0))
            for n in range(0, step, LANES):
                r, z, fresh = load(gate, n), load(gate, step + n), load(gate, 2 * step + n)
                flow = load(out, n)
                dn = flow * (one - z) * (one - fresh * fresh)
                dr = dn * load(recurrent, 2 * step + n) * r * (one - r)
                dz = flow * (load(before, n) * past - fresh) * z * (one - z)
                store(gate, n, dr)
                store(gate, step + n, dz)
                store(gate, 2 * step + n, dn)
                store(recurrent, n, dr)
                store(recurrent, step + n, dz)
                store(recurrent, 2 * step + n, dn * r)
                store(flowing, n, flow * z)
