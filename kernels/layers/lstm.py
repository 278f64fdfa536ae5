"""lstm: c[t] = f c[t-1] + i g, h[t] = o tanh(c[t]), with gates i, f, g, o.

i, f and o are sigmoids of their sums, g is the tanh of its own (Hochreiter & Schmidhuber 1997, with
the forget gate of Gers et al. 2000). Gates are in PyTorch's order.

Backward, from dh[t] = dy[t] + W_hh' da[t+1] and dc[t] = dh o (1 - tanh(c)^2) + dc[t+1] f[t+1]:
da_i = dc g i (1-i), da_f = dc c[t-1] f (1-f), da_g = dc i (1-g^2), da_o = dh tanh(c) o (1-o).
"""

from __future__ import annotations

from typing import Any

from numpy import float32

from tui_dl.kernels.core.functions import sigmoid, tanh
from tui_dl.kernels.core.jit import Array, part
from tui_dl.kernels.core.vectors import broadcast, load, store
from tui_dl.kernels.layers.cell import Cell, RecurrentFields
from tui_dl.kernels.layers.cell_kernels import cell_kernels
from tui_dl.kernels.layers.recurrent import Recurrent


@part
def state(a: Array, at: int, step: int, past: Any, carried: Array, c_at: int, present: Any) -> Any:
    """Compute h, and keep the gates and c[t-1]; `carried` is c. See `cell_kernels`."""
    i, f = sigmoid(load(a, at)), sigmoid(load(a, at + step))
    g, o = tanh(load(a, at + 2 * step)), sigmoid(load(a, at + 3 * step))
    before = load(carried, c_at)
    c = (f * before + i * g) * present
    store(a, at, i)
    store(a, at + step, f)
    store(a, at + 2 * step, g)
    store(a, at + 3 * step, o)
    store(a, at + 4 * step, before)
    store(carried, c_at, c)
    return o * tanh(c)


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
    """Compute the gradients of the gates' sums; `carried` is dc. See `cell_kernels`."""
    zero, one = broadcast(float32(0)), broadcast(float32(1))
    i, f = load(a, at), load(a, at + step)
    g, o = load(a, at + 2 * step), load(a, at + 3 * step)
    before = load(a, at + 4 * step)
    top = tanh(f * before + i * g)
    dc = dh * o * (one - top * top) + load(carried, c_at) * present
    store(da, to, dc * g * i * (one - i))
    store(da, to + step, dc * before * f * (one - f))
    store(da, to + 2 * step, dc * i * (one - g * g))
    store(da, to + 3 * step, dh * top * o * (one - o))
    store(carried, c_at, dc * f)
    return zero


class LstmCell(Cell):
    """Keeps the four gates and c[t-1]; carries c."""

    gates = slopes = 4
    kept = 5
    carries = True
    kernels = cell_kernels("lstm", state, backprop, slopes, kept)


class Lstm(Recurrent[RecurrentFields]):
    """The long short-term memory layer."""

    def cell_class(self) -> type[Cell]:
        return LstmCell
