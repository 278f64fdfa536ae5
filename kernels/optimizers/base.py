"""The base of optimizers: one loop over all weights, compiled with the rule for one weight.

All weights are in one array, and every tensor begins at a multiple of CHUNK. So a chunk belongs to
one tensor, and its sums of squares - of gradient, update and weights - can be added up by tensor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any, NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from tui_dl.kernels.core.jit import Array, inline, kernel_of, part
from tui_dl.kernels.core.step_record import GRADIENT, UPDATE, WEIGHT

CHUNK = 256  # weights

Settings = npt.NDArray[np.void]  # one record, whose fields kernels read by name


@inline
def all_finite(losses: Array) -> bool:
    """Whether all losses are finite; if not, an update would make the weights NaN."""
    finite = True
    for loss in losses:
        finite = finite and isfinite(loss)
    return finite


@inline
def chunks(array: Array, first: int, last: int) -> Array:
    """A view of chunks first..last-1 of `array`."""
    return array[first * CHUNK : last * CHUNK]


@dataclass(frozen=True)
class Rule:
    """How an optimizer changes the weights.

    Attributes:
        kernel: ``(w, state, g, squares, settings, losses, first, last)``, see `make_rule`.
        state: names of the arrays it keeps, each as long as the weights.
    """

    kernel: Any
    state: tuple[str, ...]


class OptimizerKernel:
    """The rule of an optimizer and its settings; a subclass chooses both by the optimizer's table.

    Attributes:
        rule: how weights change.
        settings: (1,) record of `learning_rate` and `step`, the number of the update from 1, which
            change during training, and of constants.
    """

    def __init__(self, fields: Any) -> None:
        self.rule, settings = self.choose(fields)
        self.settings: Settings = np.array([settings], record_of(type(settings)))

    def choose(self, fields: Any) -> tuple[Rule, NamedTuple]:
        """The rule for an optimizer with these `fields`, and its settings."""
        raise NotImplementedError


def record_of(settings: type[NamedTuple]) -> np.dtype[np.void]:
    """The type of a record of float64 with the fields of `settings`."""
    return np.dtype([(name, np.float64) for name in settings._fields])


def make_rule(
    name: str,
    settings: type[NamedTuple],
    names: tuple[str, ...],
    coefficients: Callable[[Any], NamedTuple],
    new_state: Callable[..., tuple[np.float32, ...]],
    step: Callable[..., np.float32],
) -> Rule:
    """Make a rule, with the kernel ``(w, state, g, squares, settings, losses, first, last)``.

    The kernel updates chunks first..last-1 of the weights `w` (weights,) and of `state` (arrays,
    weights) by the gradients `g` (weights,). `squares` (chunks, 3) receive the sums of squares. If
    one of `losses` is not finite, nothing changes.

    Args:
        name: of the kernel.
        settings: the fields of the record that the kernel takes.
        names: of the arrays that are kept.
        coefficients: of the settings; computed once a call.
        new_state: of (coefficients, state, g) of one weight, all float32.
        step: of (coefficients, new state, g, w) of one weight: what is subtracted from it.
    """
    coefficients_of, new_state_of, step_of = map(part, (coefficients, new_state, step))
    rows, load, store = _state_access(len(names))

    def update(
        w: Array,
        state: Array,
        g: Array,
        squares: Array,
        settings: Settings,
        losses: Array,
        first: int,
        last: int,
    ) -> None:
        if not all_finite(losses):
            return
        c = coefficients_of(settings[0])
        for chunk in range(first, last):
            here = slice(chunk * CHUNK, (chunk + 1) * CHUNK)
            w_, g_, state_ = w[here], g[here], rows(state, here)
            gradient = update = weight = np.float32(0)
            for i in range(CHUNK):
                # LLVM orders sums by the order of loads, and by that chooses which product it
                # fuses: with state, gradient and weight in another order the last bit differs.
                kept = new_state_of(c, load(state_, i), g_[i])
                store(state_, i, kept)
                step = step_of(c, kept, g_[i], w_[i])
                w_[i] -= step
                gradient += g_[i] * g_[i]
                update += step * step
                weight += w_[i] * w_[i]
            squares[chunk, GRADIENT] = gradient
            squares[chunk, UPDATE] = update
            squares[chunk, WEIGHT] = weight

    floats, record = numba.float32[::1], numba.from_dtype(record_of(settings))[::1]
    matrix, number = numba.float32[:, ::1], numba.int64
    signature = numba.void(floats, matrix, floats, matrix, record, floats, number, number)
    return Rule(kernel_of(name, step.__module__, signature)(update), names)


def _state_access(arrays: int) -> tuple[Any, Any, Any]:
    """Functions of so many arrays: their rows of one chunk, and tuples of one weight's numbers.

    They are written out for each number, because a compiled function of its own for each array
    more than doubles the time to compile an optimizer. No optimizer in use keeps over three.

    Returns:
        rows(state, here): the slice `here` of each array.
        load(rows, i): element i of each.
        store(rows, i, values): replaces them.
    """
    rows, load, store = _STATE_ACCESS[arrays]
    return inline(rows), inline(load), inline(store)


def _store_none(rows: Any, i: int, values: Any) -> None:
    pass


def _store_one(rows: Any, i: int, values: Any) -> None:
    rows[0][i] = values[0]


def _store_two(rows: Any, i: int, values: Any) -> None:
    rows[0][i] = values[0]
    rows[1][i] = values[1]


def _store_three(rows: Any, i: int, values: Any) -> None:
    rows[0][i] = values[0]
    rows[1][i] = values[1]
    rows[2][i] = values[2]


_STATE_ACCESS: list[tuple[Callable[..., Any], Callable[..., Any], Callable[..., None]]] = [
    (lambda state, here: (), lambda rows, i: (), _store_none),
    (lambda state, here: (state[0][here],), lambda rows, i: (rows[0][i],), _store_one),
    (
        lambda state, here: (state[0][here], state[1][here]),
        lambda rows, i: (rows[0][i], rows[1][i]),
        _store_two,
    ),
    (
        lambda state, here: (state[0][here], state[1][here], state[2][here]),
        lambda rows, i: (rows[0][i], rows[1][i], rows[2][i]),
        _store_three,
    ),
]
