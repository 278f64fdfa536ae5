"""Convolutions: y[f, p] = b[f] + sum over c, i of W[f, c, i] x[c, s p + i], x zero-padded.

A place p is a time step of a sequence, or row and column of an image; so is a tap i of the filter.
dx is the same sum over dy, dilated by the stride and zero-padded, with the taps of W reversed;
dW[f, c, i] = sum over p of dy[f, p] x[c, s p + i].
"""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar, Protocol, TypeVar

import numpy as np

from tui_dl.kernels.core.arrays import flat, zeros
from tui_dl.kernels.core.jit import Array, Ints, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.sums import row_sums, sum_weights
from tui_dl.kernels.core.vectors import load, store
from tui_dl.kernels.gemm.convolution_gradient import (
    convolution_gradient,
    convolution_gradient_scratch,
)
from tui_dl.kernels.gemm.gemm import gemm
from tui_dl.kernels.gemm.pack import lane_offsets, pack
from tui_dl.kernels.layers.base import Layer


class ConvolutionFields(Protocol):
    """`margins` are the zeros before and after the input along every axis."""

    kernel: int
    stride: int
    margins: tuple[int, int]


Window_co = TypeVar("Window_co", bound=ConvolutionFields, covariant=True)


class Convolution(Layer[Window_co]):
    """The base of conv1d and conv2d: a gemm whose positions are places and whose offsets are taps.

    Attributes:
        channel_axis: the axis of the channels in a sample; in weights they come before the taps.
        padded: x with zeros around it, or x itself where there is no padding.
        dilated: dy spread out by the stride, with zeros between and around.
        dw_by_block: gradients of the weights, with an axis of blocks in front.
    """

    channel_axis: ClassVar[int]
    can_fuse_relu = True

    def prepare(self) -> None:
        self.weight = self.weights()
        self.filters, self.channels, *self.window = self.weight.shape
        self.bias = self.w.get("bias", zeros(self.filters))
        self.stride = self.fields.stride
        self.before, after = self.fields.margins
        self.padded = self._wider(self.x, self.before + after) if self.before + after else self.x
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
        calls = [] if self.padded is self.x else [self._copy_places(padded, x, 1, self.before)]
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
                    convolution_gradient,
                    flat(self.dw_by_block["weight"][blocks]), self.weight.size,
                    flat(dy), dy[0].size, row, _corner(self._places(dy)[:1]),
                    flat(padded), padded[0].size, self.offsets, self.positions,
                    *convolution_gradient_scratch(self.offsets.size), len(dy), self.filters,
                )
            )  # fmt: skip
        if "bias" in self.dw:
            db, groups = flat(self.dw_by_block["bias"][blocks]), dy[0].size // (self.filters * row)
            calls.append(partial(row_sums, db, flat(dy), len(dy), self.filters, groups))
        if self.dx is not None:
            dx, dilated = self.dx[blocks], self.dilated[blocks]
            calls.append(self._copy_places(dilated, dy, self.stride, self.origin))
            tables = self.back_offsets, self.back_positions
            no_bias = zeros(self.channels)
            calls.append(self._product(dx, dilated, self.back_panels, no_bias, *tables, False))
        return calls

    def reduce(self, blocks: int, part: int, parts: int) -> list[Call]:
        return sum_weights(self.dw, self.dw_by_block, blocks, part, parts)

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
        """Make y = bias + the packed weights times the windows of x."""
        return partial(
            gemm, flat(y), flat(x), panels, bias, offsets, positions,
            len(x), y[0].size, *self._steps(y), x[0].size, relu,
        )  # fmt: skip

    def _wider(self, array: Any, by: int, channels: int | None = None) -> Any:
        """Zeros for `array` with `by` more places along every axis, and this number of channels."""
        shape = [side + by for side in array.shape[1:-1]]
        shape[self.channel_axis] = channels or array.shape[1:-1][self.channel_axis]
        return zeros(len(array), *shape, LANES)

    def _places(self, array: Any) -> Ints:
        """(channels, places...) offsets in floats of the numbers of one sample."""
        shape = array.shape[1:-1]
        return np.moveaxis(lane_offsets(*shape).reshape(shape), self.channel_axis, 0)

    def _steps(self, array: Any) -> tuple[int, int]:
        """Strides of a sample, in floats, from channel to channel and from place to place."""
        channel, *_, place = np.moveaxis(array[0, ..., 0], self.channel_axis, 0).strides
        return channel // array.itemsize, place // array.itemsize

    def _copy_places(self, wide: Any, image: Any, stride: int, origin: int) -> Call:
        """Copy place i of `image` to place origin + stride i of `wide`, where that is inside."""
        at, to = self._places(image)[0], self._places(wide)[0]
        targets = [origin + stride * np.arange(side) for side in at.shape]
        inside = [(t >= 0) & (t < side) for t, side in zip(targets, to.shape, strict=True)]
        to = to[np.ix_(*(t[kept] for t, kept in zip(targets, inside, strict=True)))]
        at = at[np.ix_(*inside)]
        _, cell = self._steps(image)
        planes = image.size // (cell * self._places(image)[0].size)
        return partial(copy_places, flat(wide), flat(image), to.ravel(), at.ravel(), planes, cell)


@kernel("void(f4[::1], f4[::1], i8[::1], i8[::1], i8, i8)")
def copy_places(wide: Array, image: Array, to: Ints, at: Ints, planes: int, cell: int) -> None:
    """wide[p, to[q]] = image[p, at[q]] for all `planes` p of both, each copy of `cell` floats.

    Other places of `wide` stay as they are.
    """
    wide_plane, image_plane = wide.size // planes, image.size // planes
    for plane in range(planes):
        for q in range(to.size):
            for i in range(0, cell, LANES):
                value = load(image, plane * image_plane + at[q] + i)
                store(wide, plane * wide_plane + to[q] + i, value)


def _corner(places: Ints, sides: Any = (), stride: int = 1) -> Ints:
    """The first `sides` places of every channel, every `stride`-th of them, or all; flat."""
    slices = [slice(0, side * stride, stride) for side in sides]
    return np.ascontiguousarray(places[:, *slices]).reshape(-1)
