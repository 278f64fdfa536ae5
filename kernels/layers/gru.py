"""gru: h[t] = (1 - z) n + z h[t-1], with the reset gate r and the update gate z.

r and z are sigmoids of their sums; n = tanh(W_in x + b_in + r (W_hn h[t-1] + b_hn)) (Cho et al.
2014). As in PyTorch, r multiplies the product W_hn h + b_hn, and gates are in the order r, z, n.

Backward, from dh[t]: da_n = dh (1-z) (1-n^2), da_r = da_n (W_hn h + b_hn) r (1-r),
da_z = dh (h[t-1] - n) z (1-z); the gradient of the recurrent part of n is da_n r;
dh[t-1] = W_hh' da_hh + dh z.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from numpy import float32

from tui_dl.kernels.core.arrays import flat
from tui_dl.kernels.core.elementary import add, copy
from tui_dl.kernels.core.functions import sigmoid, tanh
from tui_dl.kernels.core.jit import Array, part
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.vectors import broadcast, load, store
from tui_dl.kernels.gemm.pack import pack
from tui_dl.kernels.layers.cell import Cell, RecurrentFields
from tui_dl.kernels.layers.cell_kernels import cell_kernels
from tui_dl.kernels.layers.recurrent import Recurrent


@part
def state(a: Array, at: int, step: int, past: Any, carried: Array, c_at: int, present: Any) -> Any:
    """Compute h, and keep r, z, n, the recurrent part of n's sum and h[t-1]; see `cell_kernels`."""
    one = broadcast(float32(1))
    r, z = sigmoid(load(a, at)), sigmoid(load(a, at + step))
    n = tanh(load(a, at + 2 * step) + r * load(a, at + 3 * step))
    h = ((one - z) * n + z * past) * present
    store(a, at, r)
    store(a, at + step, z)
    store(a, at + 2 * step, n)
    store(a, at + 4 * step, past)
    return h


@part
def backprop(
    da: Array,
    to: int,
    step: int,
    a: Array,
    at: int,
    dh: Any,
    carried: Array,
    c_at: int,
    present: Any,
) -> Any:
    """Compute the gradients of the sums of r and z and of both parts of n's; see `cell_kernels`."""
    one = broadcast(float32(1))
    r, z, n = load(a, at), load(a, at + step), load(a, at + 2 * step)
    recurrent, past = load(a, at + 3 * step), load(a, at + 4 * step)
    dn = dh * (one - z) * (one - n * n)
    store(da, to, dn * recurrent * r * (one - r))
    store(da, to + step, dh * (past - n) * z * (one - z))
    store(da, to + 2 * step, dn)
    store(da, to + 3 * step, dn * r)
    return dh * z


class GruCell(Cell):
    """Keeps r, z, n, the recurrent part of n's sum, and h[t-1].

    n's sum has two parts, which are made by products of their own, and whose gradients differ.
    """

    gates = 3
    slopes = 4
    kept = 5
    kernels = cell_kernels("gru", state, backprop, slopes, kept)

    @property
    def recurrent(self) -> list[tuple[slice, int]]:
        rz, n = slice(0, 2 * self.units), slice(2 * self.units, 3 * self.units)
        return [(rz, 0), (n, 3 * self.units)]

    @property
    def products(self) -> list[tuple[int, int, int, int]]:
        units, inputs = self.units, self.inputs
        return [
            (0, 2 * units, 0, inputs + units),
            (2 * units, units, 0, inputs),
            (3 * units, units, inputs, units),
        ]

    def pack_panels(self, part: int, parts: int) -> list[Call]:
        joined, *apart = self.panels_by_product()
        calls = self.pack_joined(joined, slice(0, 2 * self.units), part, parts)
        for panels, name in zip(apart, ("weight_ih", "weight_hh"), strict=True):
            weight = self.w[name][2 * self.units :]
            inputs = weight.shape[1]
            table = np.arange(inputs)
            calls.append(partial(pack, panels, flat(weight), inputs, table, part, parts))
        return calls

    def pack_bias(self) -> list[Call]:
        ih, hh = self.w["bias_ih"], self.w["bias_hh"]
        two, three = 2 * self.units, 3 * self.units
        return [
            partial(add, self.bias[:two], ih[:two], hh[:two]),
            partial(copy, self.bias[two:three], ih[two:]),
            partial(copy, self.bias[three:], hh[two:]),
        ]


class Gru(Recurrent[RecurrentFields]):
    """The gated recurrent unit."""

    def cell_class(self) -> type[Cell]:
        return GruCell
