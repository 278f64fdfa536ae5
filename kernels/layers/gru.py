"""gru: h[t] = (1 - z) n + z h[t-1], with the reset gate r and the update gate z.

r and z are sigmoids of their sums; n = tanh(W_in x + b_in + r (W_hn h[t-1] + b_hn)) (Cho et al.
2014). As in PyTorch, r multiplies the product W_hn h + b_hn, and gates are in the order r, z, n.

Backward, from dh[t]: da_n = dh (1-z) (1-n^2), da_r = da_n (W_hn h + b_hn) r (1-r),
da_z = dh (h[t-1] - n) z (1-z); the gradient of the recurrent part of n is da_n r;
dh[t-1] = W_hh' da_hh + dh z.
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
from tui_dl.kernels.gemm.gemm import gemm_block
from tui_dl.kernels.gemm.pack import pack
from tui_dl.kernels.layers.cell import Cell, RecurrentFields
from tui_dl.kernels.layers.cell_steps import backprop_step, load_input, prefetch, write_output
from tui_dl.kernels.layers.recurrent import Recurrent

KEPT = 5


@kernel(
    "void(f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], i8[::1], i8, i8, i8, i8,"
    " i8, i8, f4[::1], f4[::1], f4[::1], i8[::1], i8[::1], i8[::1])"
)
def gru_forward(
    y: Array,
    a: Array,
    xh_rows: Array,
    xh: Array,
    x: Array,
    masks: Array,
    bias: Array,
    starts: Ints,
    y_block: int,
    y_time: int,
    row: int,
    xh_row: int,
    inputs: int,
    reverse: int,
    panels: Array,
    panels_x: Array,
    panels_h: Array,
    table: Ints,
    x_table: Ints,
    h_table: Ints,
) -> None:
    """Compute the states of all time steps and write them to y; see `rnn_forward`.

    The sums of r and z come from the joined weights in `panels`. n needs its two parts apart: they
    come from `panels_x` and `panels_h`, each with a table and a bias of its own.
    """
    blocks, step = starts.size, bias.size // 4 * LANES
    times, a_block = masks.size // (blocks * 2 * LANES), a.size // blocks
    h_start = -(-inputs // LANES) * LANES * LANES
    one = broadcast(np.float32(1))
    units = step // LANES
    bias_rz, bias_x = bias[: 2 * units], bias[2 * units : 3 * units]
    bias_h = bias[3 * units :]
    next_time = -row * LANES if reverse else row * LANES
    for i in range(times):
        t = times - 1 - i if reverse else i
        load_input(xh, xh_rows, x, starts, t, times, xh_row, inputs)
        first = t * row * LANES
        gemm_block(a, first, LANES, a_block, panels, bias_rz, xh, 0, table, starts)
        first += 2 * step
        gemm_block(a, first, LANES, a_block, panels_x, bias_x, xh, 0, x_table, starts)
        first += step
        gemm_block(a, first, LANES, a_block, panels_h, bias_h, xh, 0, h_table, starts)
        for block in range(blocks):
            mask, h_at = (block * times + t) * 2 * LANES, starts[block] + h_start
            present, output = load(masks, mask), load(masks, mask + LANES)
            for n in range(0, step, LANES):
                at = block * a_block + t * row * LANES + n
                r, z = sigmoid(load(a, at)), sigmoid(load(a, at + step))
                candidate = tanh(load(a, at + 2 * step) + r * load(a, at + 3 * step))
                past = load(xh, h_at + n)
                h = ((one - z) * candidate + z * past) * present
                store(a, at, r)
                store(a, at + step, z)
                store(a, at + 2 * step, candidate)
                store(a, at + 4 * step, past)
                store(xh, h_at + n, h)
                prefetch(a, at + next_time, step, KEPT)
                y_at = block * y_block + t * y_time + n
                write_output(y, y_at, h, output, y_time > 0 or i == 0)


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
    masks: Array,
    panels_x: Array,
    panels_h: Array,
    start: Array,
    sums_x: Ints,
    sums_h: Ints,
    starts: Ints,
    dy_block: int,
    dy_time: int,
    row: int,
    reverse: int,
    by_token: Array,
    tokens: Tokens,
) -> None:
    """Backpropagate through all time steps, from the last to the first; see `rnn_backward`."""
    blocks, step = starts.size, dh.size // starts.size
    times, a_block = masks.size // (blocks * 2 * LANES), a.size // blocks
    one = broadcast(np.float32(1))
    db[:] = 0
    by_token[:] = 0
    dh[:] = 0
    next_time = row * LANES if reverse else -row * LANES
    for i in range(times):
        t = i if reverse else times - 1 - i
        for block in range(blocks):
            mask = (block * times + t) * 2 * LANES
            present, output = load(masks, mask), load(masks, mask + LANES)
            for n in range(0, step, LANES):
                at = block * a_block + t * row * LANES + n
                to, h_at = starts[block] + n, block * step + n
                d_output = load(dy, block * dy_block + t * dy_time + n) * output
                slope = d_output + load(dh, h_at) * present
                r, z, candidate = load(a, at), load(a, at + step), load(a, at + 2 * step)
                part, past = load(a, at + 3 * step), load(a, at + 4 * step)
                dn = slope * (one - z) * (one - candidate * candidate)
                store(da, to, dn * part * r * (one - r))
                store(da, to + step, slope * (past - candidate) * z * (one - z))
                store(da, to + 2 * step, dn)
                store(da, to + 3 * step, dn * r)
                store(dh, h_at, slope * z)
                prefetch(a, at + next_time, step, KEPT)
        backprop_step(
            dx, a, db, da, dh, panels_x, panels_h, start, sums_x, sums_h, starts,
            row, t, times, by_token, tokens, i + 1 < times,
        )  # fmt: skip


class GruCell(Cell):
    """Keeps r, z, n, the recurrent part of n's sum, and h[t-1].

    It has four gradients of sums a unit, since the two parts of n's sum differ in theirs.
    """

    kernels = gru_forward, gru_backward
    gates = 3
    slopes = 4
    kept = KEPT

    @property
    def recurrent(self) -> list[tuple[slice, int]]:
        rz, n = slice(0, 2 * self.units), slice(2 * self.units, 3 * self.units)
        return [(rz, 0), (n, 3 * self.units)]

    def make_panels(self) -> list[Array]:
        depths = 2 * (self.inputs + self.units), self.inputs, self.units
        return [zeros(self.units * depth) for depth in depths]

    def pack_panels(self, part: int, parts: int) -> list[Call]:
        calls = self.pack_joined(self.panels[0], slice(0, 2 * self.units), part, parts)
        for panels, name in zip(self.panels[1:], ("weight_ih", "weight_hh"), strict=True):
            weight = self.w[name][2 * self.units :]
            inputs = weight.shape[1]
            table = np.arange(inputs)
            calls.append(partial(pack, panels, flat(weight), inputs, table, part, parts))
        return calls

    def tables(self) -> list[Ints]:
        (joined,) = super().tables()
        return [joined, joined[: self.inputs], joined[self.inputs :]]

    def pack_bias(self) -> list[Call]:
        ih, hh = self.w["bias_ih"], self.w["bias_hh"]
        two, three = 2 * self.units, 3 * self.units
        return [
            partial(add, self.bias[:two], ih[:two], hh[:two]),
            partial(copy, self.bias[two:three], ih[two:]),
            partial(copy, self.bias[three:], hh[two:]),
        ]


class Gru(Recurrent[RecurrentFields]):
    """The gated recurrent unit."""

    cell = GruCell
