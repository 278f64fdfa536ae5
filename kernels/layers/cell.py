"""One direction of a recurrent layer: a cell applied to one time step after another.

At every time step a cell computes the sums W_ih x[t] + b_ih + W_hh h[t-1] + b_hh, and from them its
next state h[t]. The state before the first step is 0 unless the layer sets another. At steps after
the end of a sample the state is 0, so a cell that runs in reverse starts at the sample's own last
step, and the contents of the padding reach neither outputs nor gradients.

All work of one time step is done while its numbers are in a near cache. Kept for backward are only
the gates, which are overwritten by their gradients, and x and h, transposed as `WeightGradient`
reads them. This file has the arrays and calls of all kinds of cell, `cell_kernels` the loops
over time; the arithmetic of each kind is in `rnn`, `lstm` and `gru`.
"""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar, Literal, Protocol

import numpy as np

from tui_dl.kernels.core.arrays import flat, zeros
from tui_dl.kernels.core.elementary import add, copy
from tui_dl.kernels.core.jit import Array, Ints, Tokens
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.sums import sum_blocks
from tui_dl.kernels.gemm.gemm import NO_BIAS, gemm
from tui_dl.kernels.gemm.pack import lane_offsets, pack, pack_columns
from tui_dl.kernels.gemm.weight_gradient import WeightGradient, row_of
from tui_dl.kernels.layers.base import Layer
from tui_dl.kernels.layers.cell_steps import load_state, time_mask

NO_TOKENS: Tokens = np.empty(0, np.int32)


class RecurrentFields(Protocol):
    """Units of each direction; whether y is the last state or the states of all time steps."""

    units: int
    output_: Literal["last", "sequence"]
    bidirectional: bool


class Cell:
    """Weights, scratch arrays and kernel calls of one direction.

    Attributes:
        a: (blocks, times, row, LANES) `kept` numbers a unit: the sums, then the gates and whatever
            else backward needs. Backward overwrites them with the gradients of the sums, transposed
            to (blocks, times, LANES, row).
        xh: (blocks, features, LANES) x[t] and h[t-1] of the current time step, one after the other,
            each padded to whole tiles.
        xh_rows: (blocks, times, LANES, row) all that `xh` has held, transposed.
        h_start: the feature at which h begins in `xh`.
        masks: (blocks, times, 2, LANES) see `time_mask`.
        da: (blocks, features, LANES) gradients of one time step's sums, padded to whole tiles.
        dh: (blocks, units, LANES) gradient of one time step's state, in the end of the initial one.
        initial: (blocks, units, LANES) the initial state; None where it is 0.
        panels: the weights of all `products`, packed.
        carried: (blocks, units, LANES) the number beside h in forward, its gradient in backward;
            empty where the cell has none.
        by_token: (blocks, tokens, sums) gradients of the sums added up by token, which `ByToken`
            multiplies by weights; empty where x is not the output of an embedding.
    """

    kernels: ClassVar[tuple[Any, Any]]  # forward and backward, made by `cell_kernels`
    gates: ClassVar[int]  # sums a unit
    slopes: ClassVar[int]  # gradients of sums a unit; more where a sum has two parts
    kept: ClassVar[int]  # numbers a unit that backward needs
    carries: ClassVar[bool] = False  # whether a unit hands on another number beside h

    def __init__(self, layer: Layer[RecurrentFields], reverse: bool) -> None:
        self.layer, self.reverse = layer, reverse
        ending = "_l0_reverse" if reverse else "_l0"
        names = "weight_ih", "weight_hh", "bias_ih", "bias_hh"
        self.w = {name: layer.w[name + ending] for name in names}
        self.dw = {name: layer.dw[name + ending] for name in names}
        blocks, times, self.inputs, _ = layer.x.shape
        self.units = layer.fields.units
        self.a = zeros(blocks, times, row_of(self.kept * self.units), LANES)
        self.masks = zeros(blocks, times, 2, LANES)
        self.h_start = tiled(self.inputs)
        self.xh = zeros(blocks, self.h_start + tiled(self.units), LANES)
        self.xh_rows: Array = zeros(blocks, times, LANES, row_of(self.xh.shape[1]))
        self.dh = zeros(blocks, self.units, LANES)
        self.initial: Array | None = None
        self.da = zeros(blocks, tiled(self.slopes * self.units), LANES)
        self.db, self.db_by_block = zeros(self.da.shape[1]), zeros(*self.da.shape[:2])
        self.bias = zeros(self.slopes * self.units)
        self.panels = zeros(sum(count * depth for _, count, _, depth in self.products))
        self.carried = zeros(*self.dh.shape) if self.carries else NO_BIAS
        self.back_panels = [zeros(self.w[name].size) for name in names[:2]]
        slopes = self.a.reshape(blocks, times, LANES, -1)
        self.tokens: Tokens = NO_TOKENS
        self.by_token: Array = NO_BIAS
        self.weight_gradients = [WeightGradient(self.dw["weight_ih"], slopes, self.xh_rows)]
        for rows, first in self.recurrent:
            self.weight_gradients.append(
                WeightGradient(
                    self.dw["weight_hh"][rows], slopes, self.xh_rows, first, self.h_start
                )
            )

    @property
    def recurrent(self) -> list[tuple[slice, int]]:
        """Slices of rows of W_hh, each with the feature of `da` at which its gradients begin."""
        return [(slice(0, self.gates * self.units), 0)]

    @property
    def products(self) -> list[tuple[int, int, int, int]]:
        """The products that make the sums of a time step.

        Each is: its first sum and how many it makes, the first of its inputs among those of
        x[t] and h[t-1] and how many it reads.
        """
        return [(0, self.gates * self.units, 0, self.inputs + self.units)]

    def panels_by_product(self) -> list[Array]:
        """The packed weights of each product, as parts of `panels`."""
        sizes = [count * depth for _, count, _, depth in self.products]
        return np.split(self.panels, np.cumsum(sizes)[:-1])

    def pack_panels(self, part: int, parts: int) -> list[Call]:
        """One of `parts` shares of the calls that fill `panels`."""
        return self.pack_joined(self.panels, slice(None), part, parts)

    def set_initial_state(self, initial: Array, dinitial: Array | None) -> None:
        """Start from the state `initial`, and write its gradient to `dinitial` unless that is None.

        The c of an lstm still starts at 0.
        """
        self.initial = initial
        if dinitial is not None:
            self.dh = dinitial

    @property
    def sum_gradients(self) -> Array:
        """(blocks, times, LANES, sums) gradients of the sums that W_ih makes, after `backward`.

        A product with W_ih makes the gradient of x[t], which `add_by_token` leaves out.
        """
        by_row: Array = self.a.reshape(*self.a.shape[:2], LANES, -1)
        return by_row[..., : self.gates * self.units]

    def add_by_token(self, tokens: Tokens, by_token: Array) -> None:
        """Let backward fill `by_token` instead of making the gradients of x and W_ih."""
        self.tokens, self.by_token = tokens, by_token
        del self.weight_gradients[0]

    def pack_joined(self, panels: Array, rows: slice, part: int, parts: int) -> list[Call]:
        """One of `parts` shares of packing these rows of the joined matrix [W_ih W_hh]."""
        depth, before, calls = self.inputs + self.units, 0, []
        for name in ("weight_ih", "weight_hh"):
            weight = self.w[name][rows]
            inputs = weight.shape[1]
            place = inputs, np.arange(inputs), depth, before
            calls.append(partial(pack_columns, panels, flat(weight), *place, part, parts))
            before += inputs
        return calls

    def pack(self, part: int, parts: int) -> list[Call]:
        """One of `parts` shares of the calls to make after each update of the weights."""
        calls = self.pack_panels(part, parts)
        for name, panels in zip(("weight_ih", "weight_hh"), self.back_panels, strict=True):
            if name == "weight_ih" and self.by_token.size:
                continue
            outputs, inputs = self.w[name].shape
            across = np.arange(outputs) * inputs
            calls.append(partial(pack, panels, flat(self.w[name]), 1, across, part, parts))
        return calls + (self.pack_bias() if part == 0 else [])

    def pack_bias(self) -> list[Call]:
        """Make `bias`, which the sums begin with."""
        return [partial(add, self.bias, self.w["bias_ih"], self.w["bias_hh"])]

    def forward(self, blocks: slice) -> list[Call]:
        """Compute the states of these blocks from x, and y from the states."""
        layer, masks = self.layer, flat(self.masks[blocks])
        lengths, last = flat(layer.batch.lengths[blocks]), layer.fields.output_ == "last"
        y, *strides = self._direction(layer.y[blocks])
        kept = flat(self.a[blocks]), flat(self.xh_rows[blocks]), flat(self.xh[blocks])
        rows = self.a.shape[2], self.xh_rows.shape[3]
        starts = self._starts(self.xh[blocks])
        x, h = lane_offsets(self.inputs), lane_offsets(self.units) + self.h_start * LANES
        table = np.concatenate([x, h])
        initial = NO_BIAS if self.initial is None else flat(self.initial[blocks])
        return [
            partial(time_mask, masks, lengths, len(starts), last, self.reverse),
            partial(load_state, kept[2], initial, len(starts), self.h_start * LANES),
            partial(
                self.kernels[0], y, *kept, flat(layer.x[blocks]), masks, self.bias, starts,
                *strides, *rows, self.inputs, self.reverse, self.panels, table,
                np.array(self.products), flat(self.carried[blocks]),
            ),
        ]  # fmt: skip

    def backward(self, blocks: slice) -> list[Call]:
        """Compute the gradients of the sums, the bias and x of these blocks from dy."""
        dx = self.layer.dx
        dx = NO_BIAS if dx is None or self.by_token.size else flat(dx[blocks])
        by_token = flat(self.by_token[blocks]), flat(self.tokens[blocks])
        dy, *strides = self._direction(self.layer.dy[blocks])
        current = flat(self.db_by_block[blocks]), flat(self.da[blocks]), flat(self.dh[blocks])
        # The second direction's dx is added to the first's.
        start = NO_BIAS if self.reverse else zeros(self.inputs)
        sums = [np.arange(rows.stop - rows.start) + first for rows, first in self.recurrent]
        tables = lane_offsets(self.gates * self.units), np.concatenate(sums) * LANES
        calls: list[Call] = [
            partial(
                self.kernels[1], dx, flat(self.a[blocks]), *current, dy, flat(self.masks[blocks]),
                *self.back_panels, start, *tables, self._starts(self.da[blocks]),
                *strides, self.a.shape[2], self.reverse, *by_token,
                flat(self.carried[blocks]),
            )
        ]  # fmt: skip
        if self.initial is not None:  # `backprop_step` omits dh of the first time step
            _, da, dh = current
            sizes = len(self.dh[blocks]), self.dh[0].size, LANES, LANES, self.da[0].size
            one = np.zeros(1, np.int64)
            weights = self.back_panels[1], NO_BIAS, tables[1]
            calls.append(partial(gemm, dh, da, *weights, one, *sizes, False))
        return calls

    def reduce(self, blocks: int, part: int, parts: int) -> list[Call]:
        """One of `parts` shares of making dw from the first `blocks` blocks."""
        calls = [
            call
            for weight_gradients in self.weight_gradients
            for call in weight_gradients.reduce(blocks, part, parts)
        ]
        if part == 0:
            calls.append(partial(sum_blocks, self.db, flat(self.db_by_block), blocks, 0, 1))
            calls.append(partial(copy, self.dw["bias_ih"], self.db[: self.gates * self.units]))
            for rows, first in self.recurrent:
                db = self.db[first : first + rows.stop - rows.start]
                calls.append(partial(copy, self.dw["bias_hh"][rows], db))
        return calls

    def _direction(self, y: Array) -> tuple[Array, int, int]:
        """This direction's half of y or dy, and its strides from block to block and step to step.

        The second stride is 0 where y has only the last state.
        """
        first = self.reverse * self.units * LANES
        return flat(y)[first:], y[0].size, y[0, 0].size if y.ndim == 4 else 0

    def _starts(self, array: Any) -> Ints:
        """Where each block begins, in floats."""
        starts: Ints = np.arange(len(array)) * array[0].size
        return starts


def tiled(features: int) -> int:
    """Round a number of features up to whole tiles of `transpose_tile`."""
    return -(-features // LANES) * LANES
