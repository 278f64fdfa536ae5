"""mean_absolute_error: loss = |y - t|; dy = sign(y - t)."""

from __future__ import annotations

from numpy import float32

from tui_dl.kernels.core.fields import NoFields
from tui_dl.kernels.core.jit import part
from tui_dl.kernels.losses.pointwise import Pointwise, pointwise


@part
def loss(y: float32, t: float32) -> tuple[float32, float32]:
    """The loss of one output, and its derivative by y."""
    error = y - t
    return abs(error), float32(error > 0) - float32(error < 0)


class MeanAbsoluteError(Pointwise[NoFields]):
    """Absolute error, on which outliers have less influence than on the squared one."""

    kernel = pointwise(loss)
