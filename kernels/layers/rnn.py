"""rnn: h[t] = f(W_ih x[t] + b_ih + W_hh h[t-1] + b_hh), where f is tanh or relu.

Backward, with a[t] the argument of f: da[t] = dh[t] f'(a[t]) and dh[t-1] = W_hh' da[t], where
f'(a[t]) is 1 - h[t]^2 for tanh, and for relu 1 where h[t] > 0, else 0.
"""

from __future__ import annotations

from typing import Any, Literal, Protocol

from numpy import float32

from tui_dl.kernels.core.functions import tanh
from tui_dl.kernels.core.jit import Array, part
from tui_dl.kernels.core.vectors import broadcast, load, store, where_greater
from tui_dl.kernels.layers.cell import Cell, RecurrentFields
from tui_dl.kernels.layers.cell_kernels import cell_kernels
from tui_dl.kernels.layers.recurrent import Recurrent


@part
def tanh_state(
    a: Array, at: int, step: int, past: Any, carried: Array, c_at: int, present: Any
) -> Any:
    """Compute h, which overwrites its sum; see `cell_kernels`."""
    h = tanh(load(a, at)) * present
    store(a, at, h)
    return h


@part
def tanh_backprop(
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
    """Compute the gradient of the sum; see `cell_kernels`."""
    zero, one = broadcast(float32(0)), broadcast(float32(1))
    h = load(a, at)
    store(da, to, dh * (one - h * h))
    return zero


@part
def relu_state(
    a: Array, at: int, step: int, past: Any, carried: Array, c_at: int, present: Any
) -> Any:
    """Compute h, which overwrites its sum; see `cell_kernels`."""
    total, zero = load(a, at), broadcast(float32(0))
    h = where_greater(total, zero, total, zero) * present
    store(a, at, h)
    return h


@part
def relu_backprop(
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
    """Compute the gradient of the sum; see `cell_kernels`."""
    zero = broadcast(float32(0))
    store(da, to, where_greater(load(a, at), zero, dh, zero))
    return zero


class TanhCell(Cell):
    """Keeps h, which overwrites the sum."""

    gates = slopes = kept = 1
    kernels = cell_kernels("rnn_tanh", tanh_state, tanh_backprop, slopes, kept=0)


class ReluCell(Cell):
    """Keeps h, which overwrites the sum."""

    gates = slopes = kept = 1
    kernels = cell_kernels("rnn_relu", relu_state, relu_backprop, slopes, kept=0)


class RnnFields(RecurrentFields, Protocol):
    """`activation` is f."""

    activation: Literal["tanh", "relu"]


class Rnn(Recurrent[RnnFields]):
    """The simple recurrent layer of Elman (1990)."""

    def cell_class(self) -> type[Cell]:
        return ReluCell if self.fields.activation == "relu" else TanhCell
