"""lstm: c[t] = f c[t-1] + i g, h[t] = o tanh(c[t]), with gates i, f, g, o.

i, f and o are sigmoids of their sums, g is the tanh of its own (Hochreiter & Schmidhuber 1997, with
the forget gate of Gers et al. 2000). Gates are in PyTorch's order.

Backward, from dh[t] = dy[t] + W_hh' da[t+1] and dc[t] = dh o (1 - tanh(c)^2) + dc[t+1] f[t+1]:
da_i = dc g i (1-i), da_f = dc c[t-1] f (1-f), da_g = dc i (1-g^2), da_o = dh tanh(c) o (1-o).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.kernels.core.arrays import flat, zeros
from tui_dl.kernels.core.functions import sigmoid, tanh
from tui_dl.kernels.core.jit import Array, Ints, Tokens, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.vectors import broadcast, load, store
from tui_dl.kernels.gemm.gemm import gemm_block
from tui_dl.kernels.layers.base import Layer
from tui_dl.kernels.layers.cell import Cell, RecurrentFields
from tui_dl.kernels.layers.cell_steps import backprop_step, load_input, prefetch, write_output
from tui_dl.kernels.layers.recurrent import Recurrent

KEPT = 5


@kernel(
    "void(f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], i8[::1], i8, i8, i8, i8,"
    " i8, i8, f4[::1], i8[::1], f4[::1])"
)
def lstm_forward(
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
    table: Ints,
    carried: Array,
) -> None:
    """Compute the states of all time steps and write them to y; see `rnn_forward`.

    `carried` (blocks, units, LANES) is scratch for c.
    """
    blocks, step = starts.size, bias.size // 4 * LANES
    times, a_block = masks.size // (blocks * 2 * LANES), a.size // blocks
    h_start = -(-inputs // LANES) * LANES * LANES
    carried[:] = 0
    next_time = -row * LANES if reverse else row * LANES
    for i in range(times):
        t = times - 1 - i if reverse else i
        load_input(xh, xh_rows, x, starts, t, times, xh_row, inputs)
        gemm_block(a, t * row * LANES, LANES, a_block, panels, bias, xh, 0, table, starts)
        for block in range(blocks):
            mask, h_at = (block * times + t) * 2 * LANES, starts[block] + h_start
            present, output = load(masks, mask), load(masks, mask + LANES)
            for n in range(0, step, LANES):
                at = block * a_block + t * row * LANES + n
                i_gate, f = sigmoid(load(a, at)), sigmoid(load(a, at + step))
                g, o = tanh(load(a, at + 2 * step)), sigmoid(load(a, at + 3 * step))
                past = load(carried, block * step + n)
                c = (f * past + i_gate * g) * present
                h = o * tanh(c)
                store(a, at, i_gate)
                store(a, at + step, f)
                store(a, at + 2 * step, g)
                store(a, at + 3 * step, o)
                store(a, at + 4 * step, past)
                store(carried, block * step + n, c)
                store(xh, h_at + n, h)
                prefetch(a, at + next_time, step, KEPT)
                y_at = block * y_block + t * y_time + n
                write_output(y, y_at, h, output, y_time > 0 or i == 0)


@kernel(
    "void(f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1],"
    " i8[::1], i8[::1], i8[::1], i8, i8, i8, i8, f4[::1], i4[::1], f4[::1])"
)
def lstm_backward(
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
    carried: Array,
) -> None:
    """Backpropagate through all time steps, from the last to the first; see `rnn_backward`.

    `carried` (blocks, units, LANES) is scratch for dc.
    """
    blocks, step = starts.size, dh.size // starts.size
    times, a_block = masks.size // (blocks * 2 * LANES), a.size // blocks
    zero, one = broadcast(np.float32(0)), broadcast(np.float32(1))
    db[:] = 0
    by_token[:] = 0
    dh[:] = 0
    carried[:] = 0
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
                i_gate, f = load(a, at), load(a, at + step)
                g, o = load(a, at + 2 * step), load(a, at + 3 * step)
                past = load(a, at + 4 * step)
                top = tanh(f * past + i_gate * g)
                dc = slope * o * (one - top * top) + load(carried, h_at) * present
                store(da, to, dc * g * i_gate * (one - i_gate))
                store(da, to + step, dc * past * f * (one - f))
                store(da, to + 2 * step, dc * i_gate * (one - g * g))
                store(da, to + 3 * step, slope * top * o * (one - o))
                store(carried, h_at, dc * f)
                store(dh, h_at, zero)
                prefetch(a, at + next_time, step, KEPT)
        backprop_step(
            dx, a, db, da, dh, panels_x, panels_h, start, sums_x, sums_h, starts,
            row, t, times, by_token, tokens, i + 1 < times,
        )  # fmt: skip


class LstmCell(Cell):
    """Keeps the four gates and c[t-1].

    Attributes:
        carried: (blocks, units, LANES) c in forward, its gradient in backward.
    """

    kernels = lstm_forward, lstm_backward
    gates = slopes = 4
    kept = KEPT

    def __init__(self, layer: Layer[RecurrentFields], reverse: bool) -> None:
        super().__init__(layer, reverse)
        self.carried = zeros(*self.dh.shape)

    def extra_arguments(self, blocks: slice) -> tuple[Any, ...]:
        return (flat(self.carried[blocks]),)


class Lstm(Recurrent[RecurrentFields]):
    """The long short-term memory layer."""

    cell = LstmCell
