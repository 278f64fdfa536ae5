"""gru: h[t] = (1 - z) n + z h[t-1], with gates r and z.

r and z are logistic functions of their sums, n = tanh(W_in x + b_in + r (W_hn h[t-1] + b_hn))
(Cho et al. 2014, the reset gate inside as in PyTorch; gates in its order r, z, n).

Backward, from dh[t]: da_n = dh (1-z) (1-n^2), da_r = da_n (W_hn h + b_hn) r (1-r),
da_z = dh (h[t-1] - n) z (1-z); the recurrent part of n gets da_n r; dh[t-1] = W_hh' da_hh + dh z.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from tui_dl.kernels.core.arrays import flat, zeros
from tui_dl.kernels.core.elementary import add, copy
from tui_dl.kernels.core.functions import sigmoid, tanh
from tui_dl.kernels.core.jit import Array, Ints, Tokens, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.vectors import broadcast, load, store
from tui_dl.kernels.gemm.gemm import gemm_block, pack
from tui_dl.kernels.layers.cell import Cell, backprop_step, load_input, prefetch, write_output
from tui_dl.kernels.layers.recurrent import Recurrent

KEPT = 5


@kernel(
    "void(f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], i8[::1], i8, i8, i8, i8,"
    " i8, i8, f4[::1], f4[::1], f4[::1], i8[::1], i8[::1], i8[::1])"
)
def gru_forward(
    y: Array,
    a: Array,
    read: Array,
    now: Array,
    x: Array,
    within: Array,
    bias: Array,
    starts: Ints,
    y_shard: int,
    y_time: int,
    row: int,
    read_row: int,
    inputs: int,
    reverse: int,
    panels: Array,
    panels_x: Array,
    panels_h: Array,
    table: Ints,
    x_table: Ints,
    h_table: Ints,
) -> None:
    """`rnn_forward` with this cell's arithmetic.

    `panels` are of r and z, whose parts may be added; `panels_x` and `panels_h` of n's two parts,
    the second's bias is the last in `bias`.
    """
    blocks, step = starts.size, bias.size // 4 * LANES
    times, block = within.size // (blocks * 2 * LANES), a.size // blocks
    beside = -(-inputs // LANES) * LANES * LANES
    one = broadcast(np.float32(1))
    units = step // LANES
    both, outer, inner = bias[: 2 * units], bias[2 * units : 3 * units], bias[3 * units :]
    next_time = -row * LANES if reverse else row * LANES
    for i in range(times):
        t = times - 1 - i if reverse else i
        load_input(now, read, x, starts, t, times, read_row, inputs)
        first = t * row * LANES
        gemm_block(a, first, LANES, block, panels, both, now, 0, table, starts)
        first += 2 * step
        gemm_block(a, first, LANES, block, panels_x, outer, now, 0, x_table, starts)
        first += step
        gemm_block(a, first, LANES, block, panels_h, inner, now, 0, h_table, starts)
        for s in range(blocks):
            mask, h_at = (s * times + t) * 2 * LANES, starts[s] + beside
            inside, targets = load(within, mask), load(within, mask + LANES)
            for n in range(0, step, LANES):
                at = s * block + t * row * LANES + n
                r, z = sigmoid(load(a, at)), sigmoid(load(a, at + step))
                candidate = tanh(load(a, at + 2 * step) + r * load(a, at + 3 * step))
                past = load(now, h_at + n)
                h = ((one - z) * candidate + z * past) * inside
                store(a, at, r)
                store(a, at + step, z)
                store(a, at + 2 * step, candidate)
                store(a, at + 4 * step, past)
                store(now, h_at + n, h)
                prefetch(a, at + next_time, step, KEPT)
                write_output(y, s * y_shard + t * y_time + n, h, targets, y_time > 0 or i == 0)


@kernel(
    "void(f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1],"
    " i8[::1], i8[::1], i8[::1], i8, i8, i8, i8, f4[::1], i4[::1])"
)
def gru_backward(
    dx: Array,
    a: Array,
    db: Array,
    da: Array,
    dh: Array,
    dy: Array,
    within: Array,
    panels_x: Array,
    panels_h: Array,
    start: Array,
    sums_x: Ints,
    sums_h: Ints,
    starts: Ints,
    dy_shard: int,
    dy_time: int,
    row: int,
    reverse: int,
    by_token: Array,
    tokens: Tokens,
) -> None:
    """`rnn_backward` with this cell's arithmetic."""
    blocks, step = starts.size, dh.size // starts.size
    times, block = within.size // (blocks * 2 * LANES), a.size // blocks
    one = broadcast(np.float32(1))
    db[:] = 0
    by_token[:] = 0
    dh[:] = 0
    next_time = row * LANES if reverse else -row * LANES
    for i in range(times):
        t = i if reverse else times - 1 - i
        for s in range(blocks):
            mask = (s * times + t) * 2 * LANES
            inside, targets = load(within, mask), load(within, mask + LANES)
            for n in range(0, step, LANES):
                at, to, flow = s * block + t * row * LANES + n, starts[s] + n, s * step + n
                slope = load(dy, s * dy_shard + t * dy_time + n) * targets + load(dh, flow) * inside
                r, z, candidate = load(a, at), load(a, at + step), load(a, at + 2 * step)
                part, past = load(a, at + 3 * step), load(a, at + 4 * step)
                dn = slope * (one - z) * (one - candidate * candidate)
                store(da, to, dn * part * r * (one - r))
                store(da, to + step, slope * (past - candidate) * z * (one - z))
                store(da, to + 2 * step, dn)
                store(da, to + 3 * step, dn * r)
                store(dh, flow, slope * z)
                prefetch(a, at + next_time, step, KEPT)
        backprop_step(
            dx, a, db, da, dh, panels_x, panels_h, start, sums_x, sums_h, starts,
            row, t, times, by_token, tokens, i + 1 < times,
        )  # fmt: skip


class GruCell(Cell):
    """Keeps r, z, n, the recurrent part of n's sum, whose gradient is its own, and h[t-1]."""

    kernels = gru_forward, gru_backward
    gates = 3
    slopes = 4
    kept = KEPT

    @property
    def recurrent(self) -> list[tuple[slice, int]]:
        both, new = slice(0, 2 * self.units), slice(2 * self.units, 3 * self.units)
        return [(both, 0), (new, 3 * self.units)]

    def make_panels(self) -> list[Array]:
        depths = 2 * (self.inputs + self.units), self.inputs, self.units
        return [zeros(self.units * depth) for depth in depths]

    def pack_panels(self, part: int, parts: int) -> list[Call]:
        calls = self.side_by_side(self.panels[0], slice(0, 2 * self.units), part, parts)
        for panels, name in zip(self.panels[1:], ("weight_ih", "weight_hh"), strict=True):
            weight = self.w[name][2 * self.units :]
            inputs = weight.shape[1]
            table = np.arange(inputs)
            calls.append(partial(pack, panels, flat(weight), inputs, table, part, parts))
        return calls

    def tables(self) -> list[Ints]:
        (both,) = super().tables()
        return [both, both[: self.inputs], both[self.inputs :]]

    def pack_bias(self) -> list[Call]:
        ih, hh = self.w["bias_ih"], self.w["bias_hh"]
        two, three = 2 * self.units, 3 * self.units
        return [
            partial(add, self.bias[:two], ih[:two], hh[:two]),
            partial(copy, self.bias[two:three], ih[two:]),
            partial(copy, self.bias[three:], hh[two:]),
        ]


class Gru(Recurrent):
    """Gated recurrent units."""

    cell = GruCell
