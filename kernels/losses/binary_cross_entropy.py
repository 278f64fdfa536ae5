"""binary_cross_entropy: loss = log(1 + e^z) - t z, over logits z; dz = sigmoid(z) - t.

It is computed as (max(z, 0) - t z) + log(1 + e^-|z|), whose terms do not cancel where z is right.
"""

from __future__ import annotations

from numpy import float32

from tui_dl.kernels.core import functions
from tui_dl.kernels.core.fields import NoFields
from tui_dl.kernels.core.jit import inline, part
from tui_dl.kernels.losses.pointwise import Pointwise, pointwise


@inline
def _loss(z: float32, t: float32) -> float32:
    """The loss of one output; `inline` keeps the order of the sum, unlike `part`."""
    return ((z if z > 0 else float32(0)) - t * z) + functions.softplus(-abs(z))


@part
def loss(z: float32, t: float32) -> tuple[float32, float32]:
    """The loss of one output, and its derivative by z."""
    return _loss(z, t), functions.sigmoid(z) - t


class BinaryCrossEntropy(Pointwise[NoFields]):
    """Each output is a yes (1) or no (0) of its own; two classes need one output."""

    kernel = pointwise(loss)
    binary = True
