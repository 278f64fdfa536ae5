"""One direction of a recurrent layer: a cell that runs through time, forward and back.

At every time a cell makes sums W_ih x[t] + b_ih + W_hh h + b_hh, and of those its next state h.
Before the first time h is 0, or what the layer says. At times past a sample's end it is 0: a cell
that reads in reverse begins at the sample's own last time, and what stands in the padding reaches
neither outputs nor gradients.

All that one time needs is done while it is in a near cache, and little is kept for the way back:
gates, whose place their gradients take, and x and h as `WeightGradient` reads them. This file has
what the kinds share, theirs have a cell's arithmetic.
"""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

import numpy as np

from tui_dl.kernels.core.arrays import flat, zeros
from tui_dl.kernels.core.elementary import add, copy
from tui_dl.kernels.core.jit import Array, Ints, Tokens, inline, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.vectors import load, prefetch_line, store
from tui_dl.kernels.gemm.gemm import (
    NO_BIAS,
    gemm,
    gemm_block,
    lanes,
    pack,
    pack_beside,
    sum_blocks,
)
from tui_dl.kernels.gemm.transpose import transpose_and_sum, transpose_tiles
from tui_dl.kernels.gemm.weight_gradient import WeightGradient, row_of
from tui_dl.kernels.layers.base import Layer

NO_TOKENS: Tokens = np.empty(0, np.int32)


class Cell:
    """One direction's weights, what it keeps for the way back, and its calls.

    Attributes:
        a: (shards, times, row, LANES) `kept` numbers a unit: the sums, then gates and what else
            backward needs; there each time's gradients of sums replace them, as (LANES, row).
        now: (shards, features, LANES) x and h of one time side by side, each in whole tiles.
        read: (shards, times, LANES, row) all that `now` held.
        within: (shards, times, 2, LANES) 1 where a sample has this time; 1 where h is an output.
        da: (shards, a whole number of tiles, LANES) gradients of one time's sums.
        dh: (shards, units, LANES) gradient of one time's state, in the end of the first one's.
        first: (shards, units, LANES) the state to begin with; None where that is 0.
        by_token: (shards, symbols, sums) gradients of sums, those of each symbol added up, by
            which `ByToken` goes on; empty where x is not an embedding's.
    """

    kernels: ClassVar[tuple[Any, Any]]  # forward and backward
    gates: ClassVar[int]  # sums of a unit
    slopes: ClassVar[int]  # gradients of a unit's sums
    kept: ClassVar[int]

    def __init__(self, layer: Layer, reverse: bool) -> None:
        self.layer, self.reverse = layer, reverse
        ending = "_l0_reverse" if reverse else "_l0"
        names = "weight_ih", "weight_hh", "bias_ih", "bias_hh"
        self.w = {name: layer.w[name + ending] for name in names}
        self.dw = {name: layer.dw[name + ending] for name in names}
        blocks, times, self.inputs, _ = layer.x.shape
        self.units = layer.fields.units
        self.a = zeros(blocks, times, row_of(self.kept * self.units), LANES)
        self.within = zeros(blocks, times, 2, LANES)
        self.beside = tiled(self.inputs)  # where h begins in `now`
        self.now = zeros(blocks, self.beside + tiled(self.units), LANES)
        self.read: Array = zeros(blocks, times, LANES, row_of(self.now.shape[1]))
        self.dh = zeros(blocks, self.units, LANES)
        self.first: Array | None = None
        self.da = zeros(blocks, tiled(self.slopes * self.units), LANES)
        self.db, self.db_shards = zeros(self.da.shape[1]), zeros(*self.da.shape[:2])
        self.bias = zeros(self.slopes * self.units)
        self.panels = self.make_panels()
        self.back_panels = [zeros(self.w[name].size) for name in names[:2]]
        slopes = self.a.reshape(blocks, times, LANES, -1)
        self.tokens: Tokens = NO_TOKENS
        self.by_token: Array = NO_BIAS
        self.weight_gradients = [WeightGradient(self.dw["weight_ih"], slopes, self.read)]
        for rows, first in self.recurrent:
            self.weight_gradients.append(
                WeightGradient(self.dw["weight_hh"][rows], slopes, self.read, first, self.beside)
            )

    @property
    def recurrent(self) -> list[tuple[slice, int]]:
        """Rows of W_hh, and where in `da` their gradients begin."""
        return [(slice(0, self.gates * self.units), 0)]

    def make_panels(self) -> list[Array]:
        """Arrays for the weights as `forward` reads them."""
        return [zeros(self.w["weight_ih"].size + self.w["weight_hh"].size)]

    def pack_panels(self, part: int, parts: int) -> list[Call]:
        """One of `parts` shares of filling those."""
        return self.side_by_side(self.panels[0], slice(None), part, parts)

    def tables(self) -> list[Ints]:
        """Where the inputs of the sums stand in `now`."""
        return [np.concatenate([lanes(self.inputs), lanes(self.units) + self.beside * LANES])]

    def begin_with(self, first: Array, dfirst: Array | None) -> None:
        """Let `first` be the state before the first time, and `dfirst`, if any, get its gradient.

        An lstm's c begins at 0 all the same.
        """
        self.first, self.dfirst = first, dfirst
        if dfirst is not None:
            self.dh = dfirst

    def add_by_token(self, tokens: Tokens, by_token: Array) -> None:
        """Fill `by_token` on the way back, in place of making gradients for x and W_ih."""
        self.tokens, self.by_token = tokens, by_token
        del self.weight_gradients[0]

    def own(self, blocks: slice) -> tuple[Any, ...]:
        """What the kernels of this kind take besides."""
        return ()

    def side_by_side(self, panels: Array, rows: slice, part: int, parts: int) -> list[Call]:
        """Pack these rows of [W_ih W_hh]."""
        depth, before, calls = self.inputs + self.units, 0, []
        for name in ("weight_ih", "weight_hh"):
            weight = self.w[name][rows]
            inputs = weight.shape[1]
            place = inputs, np.arange(inputs), depth, before
            calls.append(partial(pack_beside, panels, flat(weight), *place, part, parts))
            before += inputs
        return calls

    def pack(self, part: int, parts: int) -> list[Call]:
        calls = self.pack_panels(part, parts)
        for name, panels in zip(("weight_ih", "weight_hh"), self.back_panels, strict=True):
            if name == "weight_ih" and self.by_token.size:
                continue
            outputs, inputs = self.w[name].shape
            across = np.arange(outputs) * inputs
            calls.append(partial(pack, panels, flat(self.w[name]), 1, across, part, parts))
        return calls + (self.pack_bias() if part == 0 else [])

    def pack_bias(self) -> list[Call]:
        """Make the bias that the sums begin with."""
        return [partial(add, self.bias, self.w["bias_ih"], self.w["bias_hh"])]

    def forward(self, blocks: slice) -> list[Call]:
        layer, within = self.layer, flat(self.within[blocks])
        lengths, last = flat(layer.batch.lengths[blocks]), layer.fields.output_ == "last"
        y, *strides = self._part(layer.y[blocks])
        kept = flat(self.a[blocks]), flat(self.read[blocks]), flat(self.now[blocks])
        rows = self.a.shape[2], self.read.shape[3]
        starts = self._starts(self.now[blocks])
        first = NO_BIAS if self.first is None else flat(self.first[blocks])
        return [
            partial(time_mask, within, lengths, len(starts), last, self.reverse),
            partial(load_state, kept[2], first, len(starts), self.beside * LANES),
            partial(
                self.kernels[0], y, *kept, flat(layer.x[blocks]), within, self.bias, starts,
                *strides, *rows, self.inputs, self.reverse, *self.panels, *self.tables(),
                *self.own(blocks),
            ),
        ]  # fmt: skip

    def backward(self, blocks: slice) -> list[Call]:
        dx = self.layer.dx
        dx = NO_BIAS if dx is None or self.by_token.size else flat(dx[blocks])
        by_token = flat(self.by_token[blocks]), flat(self.tokens[blocks])
        dy, *strides = self._part(self.layer.dy[blocks])
        current = flat(self.db_shards[blocks]), flat(self.da[blocks]), flat(self.dh[blocks])
        # The second direction's dx is added to the first's.
        start = NO_BIAS if self.reverse else zeros(self.inputs)
        sums = [np.arange(rows.stop - rows.start) + first for rows, first in self.recurrent]
        tables = lanes(self.gates * self.units), np.concatenate(sums) * LANES
        calls: list[Call] = [
            partial(
                self.kernels[1], dx, flat(self.a[blocks]), *current, dy, flat(self.within[blocks]),
                *self.back_panels, start, *tables, self._starts(self.da[blocks]),
                *strides, self.a.shape[2], self.reverse, *by_token, *self.own(blocks),
            )
        ]  # fmt: skip
        if self.first is not None:  # what `backprop_step` leaves out at the first time
            _, da, dh = current
            sizes = len(self.dh[blocks]), self.dh[0].size, LANES, LANES, self.da[0].size
            one = np.zeros(1, np.int64)
            weights = self.back_panels[1], NO_BIAS, tables[1]
            calls.append(partial(gemm, dh, da, *weights, one, *sizes, False))
        return calls

    def reduce(self, blocks: int, part: int, parts: int) -> list[Call]:
        calls = [
            call
            for weight_gradients in self.weight_gradients
            for call in weight_gradients.reduce(blocks, part, parts)
        ]
        if part == 0:
            calls.append(partial(sum_blocks, self.db, flat(self.db_shards), blocks, 0, 1))
            calls.append(partial(copy, self.dw["bias_ih"], self.db[: self.gates * self.units]))
            for rows, first in self.recurrent:
                db = self.db[first : first + rows.stop - rows.start]
                calls.append(partial(copy, self.dw["bias_hh"][rows], db))
        return calls

    def _part(self, y: Array) -> tuple[Array, int, int]:
        """This direction's part of y or dy, and how far apart shards and times lie there."""
        first = self.reverse * self.units * LANES
        return flat(y)[first:], y[0].size, y[0, 0].size if y.ndim == 4 else 0

    def _starts(self, array: Any) -> Ints:
        """Where each shard begins."""
        starts: Ints = np.arange(len(array)) * array[0].size
        return starts


def tiled(features: int) -> int:
    """So many features as whole tiles of `turn`."""
    return -(-features // LANES) * LANES


@kernel("void(f4[::1], i4[::1], i8, i8, i8)")
def time_mask(within: Array, lengths: Tokens, blocks: int, last: int, reverse: int) -> None:
    """1 where a sample has a time, t < length; 1 where h is an output, all or only the last one."""
    times = within.size // (blocks * 2 * LANES)
    for s in range(blocks):
        for t in range(times):
            to = within[(s * times + t) * 2 * LANES :]
            for lane in range(LANES):
                length = min(lengths[s * LANES + lane], times)
                ends = t == 0 if reverse else t == length - 1
                to[lane] = t < length
                to[LANES + lane] = t < length and (ends or not last)


@kernel("void(f4[::1], f4[::1], i8, i8)")
def load_state(now: Array, first: Array, blocks: int, beside: int) -> None:
    """Put the first state, or 0 where that is empty, `beside` floats into each shard of `now`."""
    features, step = now.size // blocks, first.size // blocks
    for s in range(blocks):
        state, targets = now[s * features + beside : (s + 1) * features], first[s * step :]
        state[:] = 0
        for i in range(step):
            state[i] = targets[i]


@inline
def load_input(
    now: Array,
    read: Array,
    x: Array,
    starts: Ints,
    t: int,
    times: int,
    row: int,
    inputs: int,
) -> None:
    """Put x[t] beside the state, and keep both, turned."""
    features = now.size // starts.size
    for s in range(starts.size):
        at, to = (s * times + t) * inputs * LANES, starts[s]
        for n in range(0, inputs * LANES, LANES):
            store(now, to + n, load(x, at + n))
        transpose_tiles(
            read, (s * times + t) * LANES * row, row, now, to, features // LANES // LANES
        )


@inline
def prefetch(a: Array, at: int, step: int, kept: int) -> None:
    """Have the `kept` numbers of a unit from `at` on brought near, `step` apart.

    They are those of the next time: while products are at work, memory has nothing to do.
    """
    for k in range(kept):
        prefetch_line(a, at + k * step)


@inline
def write_output(y: Array, at: int, h: Any, targets: Any, fresh: bool) -> None:
    """Let y be h where it is wanted; if `fresh`, what y was before counts for nothing."""
    shown = h * targets
    store(y, at, shown if fresh else load(y, at) + shown)


@inline
def backprop_step(
    dx: Array,
    rows: Array,
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
    """What follows from da at time t: rows, db += da, dx[t] = W_ih' da, and dh += W_hh' da if more.

    `panels_x` and `panels_h` are of the matrices transposed, `sums_x` and `sums_h` the offsets of
    their sums' gradients; with an empty `start`, dx is added to.
    """
    blocks = starts.size
    features, width = da.size // (blocks * LANES), dx.size // (blocks * times)
    for s in range(blocks):
        to = (s * times + t) * LANES * row
        transpose_and_sum(rows, to, row, db, s * features, da, starts[s], features // LANES)
    if by_token.size:
        width = -(-sums_x.size // LANES) * LANES
        add_rows(by_token, tokens, rows, row, blocks, t, times, width)
    if dx.size:
        gemm_block(dx, t * width, LANES, times * width, panels_x, start, da, 0, sums_x, starts)
    if more:
        gemm_block(dh, 0, LANES, dh.size // blocks, panels_h, NO_BIAS, da, 0, sums_h, starts)


@inline
def add_rows(
    by_token: Array,
    tokens: Tokens,
    rows: Array,
    row: int,
    blocks: int,
    t: int,
    times: int,
    width: int,
) -> None:
    """by_symbol[s, symbols[s, t, lane]] += rows[s, t, lane], of which so many numbers."""
    block = by_token.size // blocks
    for s in range(blocks):
        at = (s * times + t) * LANES
        for lane in range(LANES):
            to, source = s * block + tokens[at + lane] * width, (at + lane) * row
            for f in range(0, width, LANES):
                store(by_token, to + f, load(by_token, to + f) + load(rows, source + f))
