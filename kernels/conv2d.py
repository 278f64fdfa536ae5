"""conv2d: y[f, p] = b[f] + sum over c, i, j of W[f, c, i, j] x[c, s p + (i, j)], x zero-padded.

dx is the same sum over dy, spread out by the stride and zero-padded, with W turned by 180 degrees;
dW[f, c, i, j] = sum over p of dy[f, p] x[c, s p + (i, j)].
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from tui_dl.kernels.contract import contract, gradient, lanes, pack, row_sums, sum_shards
from tui_dl.kernels.jit import Array, Ints, kernel
from tui_dl.kernels.lanes import LANES
from tui_dl.kernels.layer import Call, Layer, flat, zeros


class Conv2d(Layer):
    """Positions are the output's pixels, offsets the taps of one window."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.filters, self.channels, self.kernel, _ = self.w["weight"].shape
        self.stride, self.padding = self.fields.stride, self.fields.padding
        self.bias = self.w.get("bias", zeros(self.filters))
        shards, _, height, width, _ = self.x.shape
        rows, columns = self.y.shape[2:4]
        self.padded = self.x
        if self.padding:
            self.padded = zeros(
                shards, self.channels, height + 2 * self.padding, width + 2 * self.padding, LANES
            )
        self.panels = zeros(self.w["weight"].size)
        self.dw_shards = {name: zeros(shards, *dw.shape) for name, dw in self.dw.items()}
        self.offsets = _grid(self.padded.shape, self.channels, self.kernel, self.kernel)
        self.positions = _grid(self.padded.shape, 1, rows, columns, self.stride)
        if self.dx is not None:
            edge = self.kernel - 1
            self.spread = zeros(shards, self.filters, height + edge, width + edge, LANES)
            self.origin = edge - self.padding
            self.back_panels = zeros(self.w["weight"].size)
            self.back_offsets = _grid(self.spread.shape, self.filters, self.kernel, self.kernel)
            self.back_positions = _grid(self.spread.shape, 1, height, width)

    def pack(self, part: int, parts: int) -> list[Call]:
        weight = flat(self.w["weight"])
        taps = self.kernel**2
        depth = self.channels * taps
        calls: list[Call] = [
            partial(pack, self.panels, weight, depth, np.arange(depth), part, parts)
        ]
        if self.dx is not None:
            turned = np.arange(self.filters)[:, None] * depth + np.arange(taps)[::-1]
            calls.append(partial(pack, self.back_panels, weight, taps, flat(turned), part, parts))
        return calls

    def forward(self, shards: slice) -> list[Call]:
        x, y, padded = self.x[shards], self.y[shards], self.padded[shards]
        pixels = self.positions.size * LANES
        calls: list[Call] = []
        if self.padding:
            calls.append(_spread(padded, x, 1, self.padding))
        calls.append(
            partial(
                contract, flat(y), flat(padded), self.panels, self.bias,
                self.offsets, self.positions,
                len(x), self.filters * pixels, pixels, LANES, padded[0].size,
            )
        )  # fmt: skip
        return calls

    def backward(self, shards: slice) -> list[Call]:
        padded, dy = self.padded[shards], self.dy[shards]
        pixels = self.positions.size * LANES
        calls: list[Call] = [
            partial(
                gradient, flat(self.dw_shards["weight"][shards]), self.w["weight"].size,
                flat(dy), self.filters * pixels, pixels, lanes(self.positions.size),
                flat(padded), padded[0].size, self.offsets, self.positions,
                len(dy), self.filters,
            )
        ]  # fmt: skip
        if "bias" in self.dw:
            sums = flat(self.dw_shards["bias"][shards])
            calls.append(partial(row_sums, sums, flat(dy), len(dy), self.filters, 1))
        if self.dx is not None:
            dx, spread = self.dx[shards], self.spread[shards]
            pixels = self.back_positions.size * LANES
            calls.append(_spread(spread, dy, self.stride, self.origin))
            calls.append(
                partial(
                    contract, flat(dx), flat(spread), self.back_panels,
                    zeros(self.channels), self.back_offsets, self.back_positions,
                    len(dx), self.channels * pixels, pixels, LANES, spread[0].size,
                )
            )  # fmt: skip
        return calls

    def reduce(self, shards: int, part: int, parts: int) -> list[Call]:
        return [
            partial(sum_shards, flat(dw), flat(self.dw_shards[name]), shards, part, parts)
            for name, dw in self.dw.items()
        ]


@kernel("void(f4[::1], f4[::1], i8, i8, i8, i8, i8, i8, i8)")
def spread(
    wide: Array,
    image: Array,
    planes: int,
    height: int,
    width: int,
    wide_height: int,
    wide_width: int,
    stride: int,
    origin: int,
) -> None:
    """wide[p, origin + stride i, origin + stride j] = image[p, i, j] where that is inside.

    All other places of `wide` are left as they are.
    """
    for plane in range(planes):
        for i in range(height):
            row = origin + stride * i
            if row < 0 or row >= wide_height:
                continue
            for j in range(width):
                column = origin + stride * j
                if column < 0 or column >= wide_width:
                    continue
                to = ((plane * wide_height + row) * wide_width + column) * LANES
                at = ((plane * height + i) * width + j) * LANES
                for lane in range(LANES):
                    wide[to + lane] = image[at + lane]


def _spread(wide: Array, image: Array, stride: int, origin: int) -> Call:
    _, _, height, width, _ = image.shape
    planes = len(image) * image.shape[1]
    sizes = planes, height, width, *wide.shape[2:4], stride, origin
    return partial(spread, flat(wide), flat(image), *sizes)


def _grid(shape: tuple[int, ...], planes: int, rows: int, columns: int, stride: int = 1) -> Ints:
    """Offsets of every `stride`-th of rows x columns places in `planes` planes of an image."""
    _, _, height, width, _ = shape
    plane, row, column = np.ogrid[:planes, :rows, :columns]
    offsets = ((plane * height + row * stride) * width + column * stride) * LANES
    return np.ascontiguousarray(offsets).reshape(-1)
