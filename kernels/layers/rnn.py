"""rnn: h[t] = f(W_ih x[t] + b_ih + W_hh h[t-1] + b_hh), where f is tanh or relu.

Backward, with a[t] the argument of f: da[t] = dh[t] f'(a[t]) and dh[t-1] = W_hh' da[t], where
f'(a[t]) is 1 - h[t]^2 for tanh, and for relu 1 where h[t] > 0, else 0.
"""

from __future__ import annotations

from typing import Any, Literal, Protocol

import numpy as np

from tui_dl.kernels.core.functions import tanh
from tui_dl.kernels.core.jit import Array, Ints, Tokens, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.vectors import broadcast, load, store, where_greater
from tui_dl.kernels.gemm.gemm import gemm_block
from tui_dl.kernels.layers.cell import Cell, RecurrentFields
from tui_dl.kernels.layers.cell_steps import backprop_step, load_input, write_output
from tui_dl.kernels.layers.recurrent import Recurrent


@kernel(
    "void(f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], i8[::1], i8, i8, i8, i8,"
    " i8, i8, f4[::1], i8[::1], i8)"
)
def rnn_forward(
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
    relu: int,
) -> None:
    """Compute the states of all time steps and write them to `a` and y.

    The arrays are described in `Cell`.

    Args:
        y: receives the output of this direction.
        a: receives h[t].
        xh_rows: receives x[t] and h[t-1], transposed.
        xh: x[t] and h[t-1] of one time step; holds the initial state.
        x: (blocks, times, inputs, LANES).
        masks: (blocks, times, 2, LANES) see `time_mask`.
        bias: (units,) b_ih + b_hh.
        starts: (blocks,) where each block of `xh` begins.
        y_block: stride of y from block to block, in floats.
        y_time: stride of y from time step to time step; 0 if only the last state is written.
        row: length of a row of `a`.
        xh_row: length of a row of `xh_rows`.
        inputs: features of x.
        reverse: whether time runs backwards.
        panels: [W_ih W_hh], packed.
        table: offsets in `xh` of the inputs of `panels`.
        relu: whether f is relu.
    """
    blocks, step = starts.size, bias.size * LANES
    times, a_block = masks.size // (blocks * 2 * LANES), a.size // blocks
    h_start = -(-inputs // LANES) * LANES * LANES
    zero = broadcast(np.float32(0))
    for i in range(times):
        t = times - 1 - i if reverse else i
        load_input(xh, xh_rows, x, starts, t, times, xh_row, inputs)
        gemm_block(a, t * row * LANES, LANES, a_block, panels, bias, xh, 0, table, starts)
        for block in range(blocks):
            mask, h_at = (block * times + t) * 2 * LANES, starts[block] + h_start
            present, output = load(masks, mask), load(masks, mask + LANES)
            for n in range(0, step, LANES):
                at = block * a_block + t * row * LANES + n
                total = load(a, at)
                if relu:
                    h = where_greater(total, zero, total, zero) * present
                else:
                    h = tanh(total) * present
                store(a, at, h)
                store(xh, h_at + n, h)
                y_at = block * y_block + t * y_time + n
                write_output(y, y_at, h, output, y_time > 0 or i == 0)


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
    relu: int,
) -> None:
    """Backpropagate through all time steps, from the last to the first.

    The arrays are described in `Cell` and `backprop_step`; `a` holds the states, and receives the
    gradients of the sums, transposed. `dy_block` and `dy_time` are the strides of dy.
    """
    blocks, step = starts.size, dh.size // starts.size
    times, a_block = masks.size // (blocks * 2 * LANES), a.size // blocks
    zero, one = broadcast(np.float32(0)), broadcast(np.float32(1))
    db[:] = 0
    by_token[:] = 0
    dh[:] = 0
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
                h = load(a, at)
                slope = where_greater(h, zero, slope, zero) if relu else slope * (one - h * h)
                store(da, to, slope)
                store(dh, h_at, zero)
        backprop_step(
            dx, a, db, da, dh, panels_x, panels_h, start, sums_x, sums_h, starts,
            row, t, times, by_token, tokens, i + 1 < times,
        )  # fmt: skip


class TanhCell(Cell):
    """Keeps h, which overwrites the sum."""

    kernels = rnn_forward, rnn_backward
    gates = slopes = kept = 1

    def extra_arguments(self, blocks: slice) -> tuple[Any, ...]:
        return (False,)


class ReluCell(TanhCell):
    """The same with relu as f."""

    def extra_arguments(self, blocks: slice) -> tuple[Any, ...]:
        return (True,)


class RnnFields(RecurrentFields, Protocol):
    """`activation` is f."""

    activation: Literal["tanh", "relu"]


class Rnn(Recurrent[RnnFields]):
    """The simple recurrent layer of Elman (1990)."""

    cell = TanhCell

    def cell_class(self) -> type[Cell]:
        return ReluCell if self.fields.activation == "relu" else TanhCell
