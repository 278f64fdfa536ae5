"""mean_squared_error: loss = (y - t)^2; dy = 2 (y - t)."""

from __future__ import annotations

from numpy import float32

from tui_dl.kernels.core.fields import NoFields
from tui_dl.kernels.core.jit import part
from tui_dl.kernels.losses.pointwise import Pointwise, pointwise


@part
def loss(y: float32, t: float32) -> tuple[float32, float32]:
    """The loss of one output, and its derivative by y."""
    error = y - t
    return error * error, error + error


class MeanSquaredError(Pointwise[NoFields]):
    """Squared error, the maximum likelihood loss for normally distributed errors."""

    kernel = pointwise(loss)
