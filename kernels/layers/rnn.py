"""rnn: h[t] = f(W_ih x[t] + b_ih + W_hh h[t-1] + b_hh), with f tanh or the rectifier.

With a[t] the argument of f: da[t] = dh[t] f'(a[t]), which is 1 - h[t]^2 for tanh, and 1 where
h[t] > 0 for the rectifier; dh[t-1] = W_hh' da[t].
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.kernels.core.functions import tanh
from tui_dl.kernels.core.jit import Array, Ints, Tokens, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.vectors import broadcast, load, store, where_greater
from tui_dl.kernels.gemm.gemm import gemm_block
from tui_dl.kernels.layers.cell import Cell, backprop_step, load_input, write_output
from tui_dl.kernels.layers.recurrent import Recurrent


@kernel(
    "void(f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], i8[::1], i8, i8, i8, i8,"
    " i8, i8, f4[::1], i8[::1], i8)"
)
def rnn_forward(
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
    table: Ints,
    relu: int,
) -> None:
    """States in the order of time, into `a`, `now` and y; `Cell` says what the arrays are.

    `panels` are of [W_ih W_hh], `table` says where their inputs stand in `now`, where shards are
    `starts` apart; `row` and `read_row` belong to `a` and `read`, `y_shard` and `y_time` to y.
    """
    blocks, step = starts.size, bias.size * LANES
    times, block = within.size // (blocks * 2 * LANES), a.size // blocks
    beside = -(-inputs // LANES) * LANES * LANES
    zero = broadcast(np.float32(0))
    for i in range(times):
        t = times - 1 - i if reverse else i
        load_input(now, read, x, starts, t, times, read_row, inputs)
        gemm_block(a, t * row * LANES, LANES, block, panels, bias, now, 0, table, starts)
        for s in range(blocks):
            mask, h_at = (s * times + t) * 2 * LANES, starts[s] + beside
            inside, targets = load(within, mask), load(within, mask + LANES)
            for n in range(0, step, LANES):
                at = s * block + t * row * LANES + n
                total = load(a, at)
                if relu:
                    h = where_greater(total, zero, total, zero) * inside
                else:
                    h = tanh(total) * inside
                store(a, at, h)
                store(now, h_at + n, h)
                write_output(y, s * y_shard + t * y_time + n, h, targets, y_time > 0 or i == 0)


@kernel(
    "void(f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1],"
    " i8[::1], i8[::1], i8[::1], i8, i8, i8, i8, f4[::1], i4[::1], i8)"
)
def rnn_backward(
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
    relu: int,
) -> None:
    """Gradients against the order of time; see `Cell` for the arrays."""
    blocks, step = starts.size, dh.size // starts.size
    times, block = within.size // (blocks * 2 * LANES), a.size // blocks
    zero, one = broadcast(np.float32(0)), broadcast(np.float32(1))
    db[:] = 0
    by_token[:] = 0
    dh[:] = 0
    for i in range(times):
        t = i if reverse else times - 1 - i
        for s in range(blocks):
            mask = (s * times + t) * 2 * LANES
            inside, targets = load(within, mask), load(within, mask + LANES)
            for n in range(0, step, LANES):
                at, to, flow = s * block + t * row * LANES + n, starts[s] + n, s * step + n
                slope = load(dy, s * dy_shard + t * dy_time + n) * targets + load(dh, flow) * inside
                h = load(a, at)
                slope = where_greater(h, zero, slope, zero) if relu else slope * (one - h * h)
                store(da, to, slope)
                store(dh, flow, zero)
        backprop_step(
            dx, a, db, da, dh, panels_x, panels_h, start, sums_x, sums_h, starts,
            row, t, times, by_token, tokens, i + 1 < times,
        )  # fmt: skip


class RnnCell(Cell):
    """One sum a unit; h takes its place."""

    kernels = rnn_forward, rnn_backward
    gates = slopes = kept = 1

    def own(self, blocks: slice) -> tuple[Any, ...]:
        return (self.layer.fields.activation == "relu",)


class Rnn(Recurrent):
    """The recurrent layer of Elman (1990)."""

    cell = RnnCell
