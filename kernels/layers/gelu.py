"""gelu: y = x P(x), P(x) = (1 + erf(x / sqrt 2)) / 2; dx = dy (P(x) + x p(x)).

P is the cumulative normal distribution, p(x) = exp(-x^2 / 2) / sqrt(2 pi) its density (Hendrycks &
Gimpel 2016). erf is not approximated.
"""

from __future__ import annotations

from math import pi, sqrt

from numpy import float32

from tui_dl.kernels.core import functions
from tui_dl.kernels.core.fields import NoFields
from tui_dl.kernels.core.jit import inline, part
from tui_dl.kernels.layers.elementwise import Elementwise, elementwise

_ROOT_HALF, _TOP = sqrt(1 / 2), 1 / sqrt(2 * pi)


@inline
def _normal(x: float32) -> float32:
    """P(x), the cumulative normal distribution."""
    return float32(0.5) * (float32(1) + functions.erf(x * float32(_ROOT_HALF)))


@inline
def _tilt(x: float32) -> float32:
    """Compute x p(x), with x kept within -13 and 13, beyond which it is 0 within rounding.

    `exp` never returns 0, so that a large x would make it large.
    """
    x = float32(-13) if x < float32(-13) else x
    x = float32(13) if x > float32(13) else x
    density: float32 = float32(_TOP) * functions.exp(float32(-0.5) * x * x)
    return x * density


@part
def value(x: float32) -> float32:
    """Gelu of x."""
    return x * _normal(x)


@part
def gradient(dy: float32, x: float32) -> float32:
    """Dx, from x."""
    return dy * (_normal(x) + _tilt(x))


class Gelu(Elementwise[NoFields]):
    """The Gaussian error linear unit."""

    kernels = elementwise(value, gradient)
    slope_of = "x"
