"""layer_norm: y = weight x^ + bias, x^ = (x - mean) / sqrt(variance + epsilon), by row.

A row is all numbers of a sample, or of one time step of a sequence (Ba, Kiros & Hinton 2016). The
variance is the biased one, as in PyTorch. With g = dy weight and means over the row,

    dx = (g - mean of g - x^ mean of g x^) / sqrt(variance + epsilon),
    dweight = sum of dy x^,   dbias = sum of dy,   over rows and samples.

All sums are of x less the row's first number, so that no digits are lost where the mean is far
larger than the deviation. They are made of short sums, so rounding errors do not grow with the row.
"""

from __future__ import annotations

from functools import partial
from typing import Protocol

import numpy as np

from tui_dl.kernels.core.arrays import flat, zeros
from tui_dl.kernels.core.jit import Array, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.sums import sum_weights
from tui_dl.kernels.core.vectors import broadcast, load, square_root, store, total
from tui_dl.kernels.layers.base import Layer

SHORT = 128  # numbers of a sum before it is added to the others


class LayerNormFields(Protocol):
    """`epsilon` is added to the variance."""

    epsilon: float


class LayerNorm(Layer[LayerNormFields]):
    """Over x of (blocks, rows of a sample, features, LANES).

    Attributes:
        means: (blocks, rows, LANES) mean of each row, less its first number.
        scales: (blocks, rows, LANES) 1 / sqrt(variance + epsilon).
        dw_by_block: gradients of the weights, (blocks, features) each.
    """

    def prepare(self) -> None:
        self.weight, self.bias = flat(self.w["weight"]), flat(self.w["bias"])
        blocks, features = len(self.x), self.weight.size
        rows = self.x[0].size // (features * LANES)
        self.means, self.scales = zeros(blocks, rows, LANES), zeros(blocks, rows, LANES)
        self.epsilon = np.array([self.fields.epsilon], np.float32)
        self.dw_by_block = {name: zeros(blocks, features) for name in self.dw}

    def _rows(self, blocks: slice) -> tuple[Array, Array, Array]:
        """x, means and scales of these blocks, flat."""
        return flat(self.x[blocks]), flat(self.means[blocks]), flat(self.scales[blocks])

    def forward(self, blocks: slice) -> list[Call]:
        arrays = flat(self.y[blocks]), *self._rows(blocks), self.weight, self.bias, self.epsilon
        return [partial(layer_norm_forward, *arrays)]

    def backward(self, blocks: slice) -> list[Call]:
        dy, rows = flat(self.dy[blocks]), self._rows(blocks)
        sums = self.dw_by_block["weight"][blocks], self.dw_by_block["bias"][blocks]
        calls: list[Call] = [partial(layer_norm_weight_gradient, *sums, dy, *rows)]
        if self.dx is not None:
            dx = flat(self.dx[blocks])
            calls.append(partial(layer_norm_backward, dx, dy, *rows, self.weight))
        return calls

    def reduce(self, blocks: int, part: int, parts: int) -> list[Call]:
        return sum_weights(self.dw, self.dw_by_block, blocks, part, parts)


@kernel("void(f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1])")
def layer_norm_forward(
    y: Array, x: Array, means: Array, scales: Array, weight: Array, bias: Array, epsilon: Array
) -> None:
    """Make y = weight x^ + bias, and every row's mean and scale; x is (rows, features, LANES)."""
    features = weight.size
    nothing, one = broadcast(np.float32(0)), broadcast(np.float32(1))
    share = broadcast(np.float32(1 / features))
    for row in range(means.size // LANES):
        at = row * features * LANES
        first, sums, squares = load(x, at), nothing, nothing
        for start in range(0, features, SHORT):
            part = nothing
            for f in range(start, min(start + SHORT, features)):
                part = part + (load(x, at + f * LANES) - first)
            sums = sums + part
        mean = sums * share
        for start in range(0, features, SHORT):
            part = nothing
            for f in range(start, min(start + SHORT, features)):
                apart = load(x, at + f * LANES) - first - mean
                part = part + apart * apart
            squares = squares + part
        scale = one / square_root(squares * share + broadcast(epsilon[0]))
        store(means, row * LANES, mean)
        store(scales, row * LANES, scale)
        for f in range(features):
            normal = (load(x, at + f * LANES) - first - mean) * scale
            store(y, at + f * LANES, broadcast(weight[f]) * normal + broadcast(bias[f]))


@kernel("void(f4[:, ::1], f4[:, ::1], f4[::1], f4[::1], f4[::1], f4[::1])")
def layer_norm_weight_gradient(
    dweight: Array, dbias: Array, dy: Array, x: Array, means: Array, scales: Array
) -> None:
    """dweight[b, f] = sum of dy x^ and dbias[b, f] = sum of dy, over the rows of block b."""
    blocks, features = dweight.shape
    rows = means.size // (blocks * LANES)
    for block in range(blocks):
        for f in range(features):
            products = sums = broadcast(np.float32(0))
            for row in range(block * rows, (block + 1) * rows):
                first = row * features * LANES
                slope = load(dy, first + f * LANES)
                apart = load(x, first + f * LANES) - load(x, first) - load(means, row * LANES)
                products = products + slope * (apart * load(scales, row * LANES))
                sums = sums + slope
            dweight[block, f] = total(products)
            dbias[block, f] = total(sums)


@kernel("void(f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1])")
def layer_norm_backward(
    dx: Array, dy: Array, x: Array, means: Array, scales: Array, weight: Array
) -> None:
    """Make dx = (g - mean of g - x^ mean of g x^) scale, with g = dy weight."""
    features = weight.size
    nothing, share = broadcast(np.float32(0)), broadcast(np.float32(1 / features))
    for row in range(means.size // LANES):
        at = row * features * LANES
        first, mean, scale = load(x, at), load(means, row * LANES), load(scales, row * LANES)
        sums = products = nothing
        for start in range(0, features, SHORT):
            of_sums = of_products = nothing
            for f in range(start, min(start + SHORT, features)):
                slope = load(dy, at + f * LANES) * broadcast(weight[f])
                of_sums = of_sums + slope
                of_products = of_products + slope * (load(x, at + f * LANES) - first - mean)
            sums, products = sums + of_sums, products + of_products
        shift, tilt = sums * share, products * share * scale * scale
        for f in range(features):
            slope = load(dy, at + f * LANES) * broadcast(weight[f])
            apart = load(x, at + f * LANES) - first - mean
            store(dx, at + f * LANES, (slope - shift - apart * tilt) * scale)
