"""log_cosh: loss = log cosh(e) = |e| + log(1 + exp(-2 |e|)) - log 2, e = y - t; dy = tanh(e)."""

from __future__ import annotations

from math import log

from numpy import float32

from tui_dl.kernels.core import functions
from tui_dl.kernels.core.fields import NoFields
from tui_dl.kernels.core.jit import part
from tui_dl.kernels.losses.pointwise import Pointwise, pointwise

_LOG_2 = log(2)


@part
def loss(y: float32, t: float32) -> tuple[float32, float32]:
    """The loss of one output, and its derivative by y."""
    error = y - t
    size = abs(error)
    value = size + functions.softplus(float32(-2) * size) - float32(_LOG_2)
    return value, functions.tanh(error)


class LogCosh(Pointwise[NoFields]):
    """The logarithm of the error's hyperbolic cosine."""

    kernel = pointwise(loss)
