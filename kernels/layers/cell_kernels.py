"""The kernels of a recurrent cell: all time steps, forward and backward, around its arithmetic."""

from __future__ import annotations

from typing import Any

from tui_dl.kernels.core.jit import Array, Ints, Tokens, kernel_of
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.vectors import load, store
from tui_dl.kernels.gemm.gemm import gemm_block
from tui_dl.kernels.layers.cell_steps import backprop_step, load_input, prefetch, write_output

FORWARD = (
    "void(f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], i8[::1], i8, i8, i8, i8,"
    " i8, i8, f4[::1], i8[::1], i8[:, ::1], f4[::1])"
)
BACKWARD = (
    "void(f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1],"
    " i8[::1], i8[::1], i8[::1], i8, i8, i8, i8, f4[::1], i4[::1], f4[::1])"
)


def cell_kernels(name: str, state: Any, backprop: Any, sums: int, kept: int) -> tuple[Any, Any]:
    """Make the kernels of a cell: forward and backward.

    Both functions are a `part`, and compute LANES samples of one unit. The sums of the unit are in
    `a` from `at` on, `step` apart from each other, and so is what it keeps; its carried number is
    in `carried` at `c_at`. `present` is 1 in lanes that have this time step, else 0.

    Args:
        name: of the kernels, without what they do.
        state: (a, at, step, past, carried, c_at, present) -> h[t], where `past` is h[t-1]. It
            overwrites the sums by what backward needs.
        backprop: (da, to, step, a, at, dh, carried, c_at, present) -> the part of dh[t-1] that does
            not come through the sums. It writes the gradients of the sums to `da`, from `to` on.
        sums: sums a unit, a sum with two parts counting as two.
        kept: numbers a unit to prefetch for the next time step; 0 where the hardware foresees them.
    """
    module = state.py_func.__module__

    @kernel_of(f"{name}_forward", module, FORWARD)
    def forward(
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
        products: Ints,
        carried: Array,
    ) -> None:
        """Compute the states of all time steps and write them to `a` and y.

        The arrays are described in `Cell`.

        Args:
            y: receives the output of this direction.
            a: receives what backward needs.
            xh_rows: receives x[t] and h[t-1], transposed.
            xh: x[t] and h[t-1] of one time step; holds the initial state.
            x: (blocks, times, inputs, LANES).
            masks: (blocks, times, 2, LANES) see `time_mask`.
            bias: (sums * units,) what the sums begin with.
            starts: (blocks,) where each block of `xh` begins.
            y_block: stride of y from block to block, in floats.
            y_time: stride of y from time step to time step; 0 if only the last state is written.
            row: length of a row of `a`.
            xh_row: length of a row of `xh_rows`.
            inputs: features of x.
            reverse: whether time runs backwards.
            panels: the packed weights of all products, one after the other.
            table: offsets in `xh` of x[t] and h[t-1].
            products: (products, 4) see `Cell.products`.
            carried: (blocks, units, LANES) scratch, or empty.
        """
        blocks, step = starts.size, bias.size // sums * LANES
        times, a_block = masks.size // (blocks * 2 * LANES), a.size // blocks
        h_start = -(-inputs // LANES) * LANES * LANES
        carried[:] = 0
        next_time = -row * LANES if reverse else row * LANES
        for i in range(times):
            t = times - 1 - i if reverse else i
            load_input(xh, xh_rows, x, starts, t, times, xh_row, inputs)
            panel = 0
            for product in range(len(products)):
                first, count = products[product, 0], products[product, 1]
                offset, depth = products[product, 2], products[product, 3]
                weights = panels[panel : panel + count * depth]
                own_bias, offsets = bias[first : first + count], table[offset : offset + depth]
                to = (t * row + first) * LANES
                gemm_block(a, to, LANES, a_block, weights, own_bias, xh, 0, offsets, starts)
                panel += count * depth
            for block in range(blocks):
                mask, h_at = (block * times + t) * 2 * LANES, starts[block] + h_start
                present, output = load(masks, mask), load(masks, mask + LANES)
                for n in range(0, step, LANES):
                    at = block * a_block + t * row * LANES + n
                    past = load(xh, h_at + n)
                    h = state(a, at, step, past, carried, block * step + n, present)
                    store(xh, h_at + n, h)
                    prefetch(a, at + next_time, step, kept)
                    y_at = block * y_block + t * y_time + n
                    write_output(y, y_at, h, output, y_time > 0 or i == 0)

    @kernel_of(f"{name}_backward", module, BACKWARD)
    def backward(
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
        """Backpropagate through all time steps, from the last to the first.

        The arrays are described in `Cell` and `backprop_step`; `a` holds what forward has kept, and
        receives the gradients of the sums, transposed. `dy_block` and `dy_time` are the strides of
        dy, `carried` is scratch for the gradient of the carried number.
        """
        blocks, step = starts.size, dh.size // starts.size
        times, a_block = masks.size // (blocks * 2 * LANES), a.size // blocks
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
                    past = backprop(da, to, step, a, at, slope, carried, h_at, present)
                    store(dh, h_at, past)
                    prefetch(a, at + next_time, step, kept)
            backprop_step(
                dx, a, db, da, dh, panels_x, panels_h, start, sums_x, sums_h, starts,
                row, t, times, by_token, tokens, i + 1 < times,
            )  # fmt: skip

    return forward, backward
