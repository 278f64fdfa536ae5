"""Convolutions: y[f, p] = b[f] + sum over c, i of W[f, c, i] x[c, s p + i], x zero-padded.

A place p is one number in a sequence and two in an image, and so is a tap i. dx is the same sum
over dy, spread out by the stride and zero-padded, with W turned round;
dW[f, c, i] = sum over p of dy[f, p] x[c, s p + i].
"""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

import numpy as np

from tui_dl.kernels.core.arrays import flat, zeros
from tui_dl.kernels.core.jit import Array, Ints, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.vectors import load, store
from tui_dl.kernels.gemm.gemm import (
    gemm,
    gradient,
    gradient_scratch,
    lanes,
    pack,
    row_sums,
    sum_blocks,
)
from tui_dl.kernels.layers.base import Layer


class Convolution(Layer):
    """Positions are the output's places, offsets the taps of one window.

    Attributes:
        channel_axis: which axis of a sample its channels are; weights have channels before taps.
    """

    channel_axis: ClassVar[int]
    can_fuse_relu = True

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.weight = self.weights()
        self.filters, self.channels, *self.window = self.weight.shape
        self.bias = self.w.get("bias", zeros(self.filters))
        self.stride = self.fields.stride
        self.before, behind = self.fields.margins
        self.padded = self._wider(self.x, self.before + behind) if self.before + behind else self.x
        self.panels = zeros(self.weight.size)
        self.dw_by_block = {name: zeros(len(self.x), *dw.shape) for name, dw in self.dw.items()}
        places = self._places(self.padded)
        self.offsets = _corner(places, self.window)
        self.positions = _corner(places[:1], self._places(self.y).shape[1:], self.stride)
        if self.dx is not None:
            edge = self.window[0] - 1
            self.dilated = self._wider(self.x, edge, self.filters)
            self.origin = edge - self.before
            self.back_panels = zeros(self.weight.size)
            places = self._places(self.dilated)
            self.back_offsets = _corner(places, self.window)
            self.back_positions = _corner(places[:1], self._places(self.x).shape[1:])

    def weights(self) -> Array:
        """W, (filters, channels, taps...)."""
        return self.w["weight"]

    def pack(self, part: int, parts: int) -> list[Call]:
        weight, taps = flat(self.weight), self.weight[0, 0].size
        depth = self.channels * taps
        calls: list[Call] = [
            partial(pack, self.panels, weight, depth, np.arange(depth), part, parts)
        ]
        if self.dx is not None:
            transposed = np.arange(self.filters)[:, None] * depth + np.arange(taps)[::-1]
            calls.append(
                partial(pack, self.back_panels, weight, taps, flat(transposed), part, parts)
            )
        return calls

    def forward(self, blocks: slice) -> list[Call]:
        x, padded = self.x[blocks], self.padded[blocks]
        calls = [] if self.padded is self.x else [self._place(padded, x, 1, self.before)]
        tables = self.offsets, self.positions
        arrays = self.y[blocks], padded, self.panels, self.bias
        return [*calls, self._product(*arrays, *tables, self.fuse_relu)]

    def backward(self, blocks: slice) -> list[Call]:
        padded, dy = self.padded[blocks], self.dy[blocks]
        row, _ = self._steps(dy)
        calls: list[Call] = []
        if "weight" in self.dw:
            calls.append(
                partial(
                    gradient, flat(self.dw_by_block["weight"][blocks]), self.weight.size,
                    flat(dy), dy[0].size, row, _corner(self._places(dy)[:1]),
                    flat(padded), padded[0].size, self.offsets, self.positions,
                    *gradient_scratch(self.offsets.size), len(dy), self.filters,
                )
            )  # fmt: skip
        if "bias" in self.dw:
            sums, outer = flat(self.dw_by_block["bias"][blocks]), dy[0].size // (self.filters * row)
            calls.append(partial(row_sums, sums, flat(dy), len(dy), self.filters, outer))
        if self.dx is not None:
            dx, dilated = self.dx[blocks], self.dilated[blocks]
            calls.append(self._place(dilated, dy, self.stride, self.origin))
            tables = self.back_offsets, self.back_positions
            no_bias = zeros(self.channels)
            calls.append(self._product(dx, dilated, self.back_panels, no_bias, *tables, False))
        return calls

    def reduce(self, blocks: int, part: int, parts: int) -> list[Call]:
        return [
            partial(sum_blocks, flat(dw), flat(self.dw_by_block[name]), blocks, part, parts)
            for name, dw in self.dw.items()
        ]

    def _product(
        self,
        y: Any,
        x: Any,
        panels: Array,
        bias: Array,
        offsets: Ints,
        positions: Ints,
        relu: bool,
    ) -> Call:
        """Y = bias + the panels' weights times x, window by window."""
        return partial(
            gemm, flat(y), flat(x), panels, bias, offsets, positions,
            len(x), y[0].size, *self._steps(y), x[0].size, relu,
        )  # fmt: skip

    def _wider(self, array: Any, by: int, channels: int | None = None) -> Any:
        """Zeros for `array` with `by` more places along every axis, and as many channels."""
        shape = [side + by for side in array.shape[1:-1]]
        shape[self.channel_axis] = channels or array.shape[1:-1][self.channel_axis]
        return zeros(len(array), *shape, LANES)

    def _places(self, array: Any) -> Ints:
        """(channels, places...): where a sample's numbers lie, in floats."""
        shape = array.shape[1:-1]
        return np.moveaxis(lanes(*shape).reshape(shape), self.channel_axis, 0)

    def _steps(self, array: Any) -> tuple[int, int]:
        """How far apart two channels of a sample lie, and two neighbouring places, in floats."""
        channel, *_, place = np.moveaxis(array[0, ..., 0], self.channel_axis, 0).strides
        return channel // array.itemsize, place // array.itemsize

    def _place(self, wide: Any, image: Any, stride: int, origin: int) -> Call:
        """Put place i of `image` at place origin + stride i of `wide`, where that is inside."""
        at, to = self._places(image)[0], self._places(wide)[0]
        targets = [origin + stride * np.arange(side) for side in at.shape]
        inside = [(t >= 0) & (t < side) for t, side in zip(targets, to.shape, strict=True)]
        to = to[np.ix_(*(t[kept] for t, kept in zip(targets, inside, strict=True)))]
        at = at[np.ix_(*inside)]
        _, cell = self._steps(image)
        planes = image.size // (cell * self._places(image)[0].size)
        return partial(place, flat(wide), flat(image), to.ravel(), at.ravel(), planes, cell)


@kernel("void(f4[::1], f4[::1], i8[::1], i8[::1], i8, i8)")
def place(wide: Array, image: Array, to: Ints, at: Ints, planes: int, cell: int) -> None:
    """wide[p, to[q]] = image[p, at[q]], each `cell` floats, on all `planes` of both.

    All other places of `wide` are left as they are.
    """
    wide_plane, image_plane = wide.size // planes, image.size // planes
    for plane in range(planes):
        for q in range(to.size):
            for i in range(0, cell, LANES):
                value = load(image, plane * image_plane + at[q] + i)
                store(wide, plane * wide_plane + to[q] + i, value)


def _corner(places: Ints, sides: Any = (), stride: int = 1) -> Ints:
    """Of every channel the first `sides` places, every `stride`-th, or all of them, in a row."""
    slices = [slice(0, side * stride, stride) for side in sides]
    return np.ascontiguousarray(places[:, *slices]).reshape(-1)
