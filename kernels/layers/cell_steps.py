"""Compiled parts of one time step that all recurrent cells share, forward and backward."""

from __future__ import annotations

from typing import Any

from tui_dl.kernels.core.jit import Array, Ints, Tokens, inline, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.vectors import load, prefetch_line, store
from tui_dl.kernels.gemm.gemm import NO_BIAS, gemm_block
from tui_dl.kernels.gemm.transpose import transpose_and_sum, transpose_tiles


@kernel("void(f4[::1], i4[::1], i8, i8, i8)")
def time_mask(masks: Array, lengths: Tokens, blocks: int, last: int, reverse: int) -> None:
    """Make the masks of every time step: 1 or 0, (blocks, times, 2, LANES).

    The first is 1 where the sample has this step, t < length; the second is 1 where the state is
    also an output: at every step, or with `last` only at the last one in the cell's own direction.
    """
    times = masks.size // (blocks * 2 * LANES)
    for block in range(blocks):
        for t in range(times):
            to = masks[(block * times + t) * 2 * LANES :]
            for lane in range(LANES):
                length = min(lengths[block * LANES + lane], times)
                ends = t == 0 if reverse else t == length - 1
                to[lane] = t < length
                to[LANES + lane] = t < length and (ends or not last)


@kernel("void(f4[::1], f4[::1], i8, i8)")
def load_state(xh: Array, initial: Array, blocks: int, h_offset: int) -> None:
    """Copy the initial state, or 0 where `initial` is empty, to its place in each block of `xh`."""
    features, size = xh.size // blocks, initial.size // blocks
    for block in range(blocks):
        state = xh[block * features + h_offset : (block + 1) * features]
        source = initial[block * size :]
        state[:] = 0
        for i in range(size):
            state[i] = source[i]


@inline
def load_input(
    xh: Array,
    xh_rows: Array,
    x: Array,
    starts: Ints,
    t: int,
    times: int,
    row: int,
    inputs: int,
) -> None:
    """Copy x[t] into `xh`, before the state h[t-1], and keep both transposed in `xh_rows`."""
    features = xh.size // starts.size
    for block in range(starts.size):
        at, to = (block * times + t) * inputs * LANES, starts[block]
        for n in range(0, inputs * LANES, LANES):
            store(xh, to + n, load(x, at + n))
        transpose_tiles(
            xh_rows, (block * times + t) * LANES * row, row, xh, to, features // LANES // LANES
        )


@inline
def prefetch(a: Array, at: int, step: int, kept: int) -> None:
    """Prefetch the `kept` numbers of one unit into the cache, from `at` on and `step` apart.

    They belong to the next time step: while products are computed, the memory bus is idle.
    """
    for k in range(kept):
        prefetch_line(a, at + k * step)


@inline
def write_output(y: Array, at: int, h: Any, output_mask: Any, overwrite: bool) -> None:
    """Write h where the mask is 1 to y; without `overwrite` it is added to what y holds."""
    output = h * output_mask
    store(y, at, output if overwrite else load(y, at) + output)


@inline
def backprop_step(
    dx: Array,
    da_rows: Array,
    db: Array,
    da: Array,
    dh: Array,
    panels_x: Array,
    panels_h: Array,
    start: Array,
    sums_x: Ints,
    sums_h: Ints,
    starts: Ints,
    row: int,
    t: int,
    times: int,
    by_token: Array,
    tokens: Tokens,
    more: bool,
) -> None:
    """Backpropagate da at time t: db += da, dx[t] = W_ih' da, and with `more` dh += W_hh' da.

    Args:
        dx: (blocks, times, inputs, LANES), or empty.
        da_rows: receives da transposed, for the weight gradients.
        db: (blocks, features of da).
        da: (blocks, features, LANES) gradients of this time step's sums.
        dh: (blocks, units, LANES) gradient of the state before it.
        panels_x: W_ih transposed and packed.
        panels_h: W_hh transposed and packed.
        start: zeros where dx begins; with an empty one dx is added to.
        sums_x: offsets of the sums that depend on x.
        sums_h: offsets of the sums that depend on h.
        starts: where each block of `da` begins.
        row: length of a row of `da_rows`.
        t: the time step.
        times: how many there are.
        by_token: gradients of the sums added up by token, or empty.
        tokens: (blocks, times, LANES) token ids, or empty.
        more: whether there is a time step before this one.
    """
    blocks = starts.size
    features, width = da.size // (blocks * LANES), dx.size // (blocks * times)
    for block in range(blocks):
        to = (block * times + t) * LANES * row
        at = starts[block]
        transpose_and_sum(da_rows, to, row, db, block * features, da, at, features // LANES)
    if by_token.size:
        width = -(-sums_x.size // LANES) * LANES
        add_rows(by_token, tokens, da_rows, row, blocks, t, times, width)
    if dx.size:
        gemm_block(dx, t * width, LANES, times * width, panels_x, start, da, 0, sums_x, starts)
    if more:
        gemm_block(dh, 0, LANES, dh.size // blocks, panels_h, NO_BIAS, da, 0, sums_h, starts)


@inline
def add_rows(
    by_token: Array,
    tokens: Tokens,
    da_rows: Array,
    row: int,
    blocks: int,
    t: int,
    times: int,
    width: int,
) -> None:
    """by_token[b, tokens[b, t, lane]] += the first `width` numbers of da_rows[b, t, lane]."""
    size = by_token.size // blocks
    for block in range(blocks):
        at = (block * times + t) * LANES
        for lane in range(LANES):
            to, source = block * size + tokens[at + lane] * width, (at + lane) * row
            for f in range(0, width, LANES):
                store(by_token, to + f, load(by_token, to + f) + load(da_rows, source + f))
