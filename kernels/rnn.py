"""rnn: h[t] = tanh(W_ih x[t] + b_ih + W_hh h[t-1] + b_hh), h[-1] = 0; y is the last h.

With a[t] the argument of tanh: da[t] = dh[t] (1 - h[t]^2), dh[t-1] = W_hh' da[t].
"""

from __future__ import annotations

from functools import partial

from tui_dl.kernels import functions
from tui_dl.kernels.contract import NO_BIAS, contract_shard, lanes
from tui_dl.kernels.jit import Array, Ints, kernel
from tui_dl.kernels.lanes import LANES
from tui_dl.kernels.layer import Call
from tui_dl.kernels.recurrent import Recurrent, by_time, rows


class Rnn(Recurrent):
    """One gate; h takes the place of its sum."""

    gates = 1

    def hidden(self) -> Array:
        return self.a

    def slopes(self) -> Array:
        return self.over_time(1)

    def run(self, shards: slice) -> Call:
        arrays = rows(self.y[shards]), by_time(self.h[shards])
        panels, units = self.panels["weight_hh_l0"], lanes(self.units)
        return partial(rnn_forward, *arrays, panels, units, self.starts(shards, 1))

    def run_back(self, shards: slice) -> Call:
        arrays = by_time(self.da[shards]), rows(self.dy[shards]), by_time(self.h[shards])
        panels, units = self.back_panels["weight_hh_l0"], lanes(self.units)
        return partial(rnn_backward, *arrays, panels, units, self.starts(shards, 1))


@kernel("void(f4[:, ::1], f4[:, :, ::1], f4[::1], i8[::1], i8[::1])")
def rnn_forward(y: Array, h: Array, panels: Array, units: Ints, starts: Ints) -> None:
    """h[s, t] = tanh(h[s, t] + W_hh h[s, t-1]) in the order of time; y = h[:, -1].

    `h` (shards, times, units * LANES) comes in holding the inputs' part; `units` are the offsets
    of the hidden units, `starts` those of the shards.
    """
    shards, times, step = h.shape
    flat = h.reshape(h.size)
    for t in range(times):
        if t > 0:
            contract_shard(
                flat, t * step, LANES, times * step, panels, NO_BIAS,
                flat, (t - 1) * step, units, starts,
            )  # fmt: skip
        for s in range(shards):
            functions.tanh_all(h[s, t])
    for s in range(shards):
        y[s] = h[s, times - 1]


@kernel("void(f4[:, :, ::1], f4[:, ::1], f4[:, :, ::1], f4[::1], i8[::1], i8[::1])")
def rnn_backward(da: Array, dy: Array, h: Array, panels: Array, units: Ints, starts: Ints) -> None:
    """da[s, t] = (W_hh' da[s, t+1]) (1 - h[s, t]^2) backwards in time, from da of dy at its end.

    Shapes are those of `rnn_forward`; `panels` are of W_hh transposed.
    """
    shards, times, step = h.shape
    flat = da.reshape(da.size)
    da[:, : times - 1] = 0
    da[:, times - 1] = dy
    for t in range(times - 1, -1, -1):
        if t < times - 1:
            contract_shard(
                flat, t * step, LANES, times * step, panels, NO_BIAS,
                flat, (t + 1) * step, units, starts,
            )  # fmt: skip
        for s in range(shards):
            slope, now = da[s, t], h[s, t]
            for i in range(step):
                slope[i] *= 1 - now[i] * now[i]
