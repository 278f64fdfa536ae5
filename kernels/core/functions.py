"""exp, tanh and sigmoid of a float32 or of a vector; softplus and erf of a float32.

They are written so that LLVM vectorises loops over single floats. Tests check the largest errors:
2 ulp for exp, 6 for erf, 4 for the others.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic
from numpy import float32

from tui_dl.kernels.core.emitter import FLOAT, Emitter
from tui_dl.kernels.core.jit import Array, inline
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.vectors import VECTOR

_LOG2_E = 1.4426950408889634
_LN2_HIGH, _LN2_LOW = 0.693359375, -2.12194440e-4  # ln 2 in two parts, the first exact
_WHOLE = 1.5 * 2**23  # a float of this size has no fraction, and its lowest bits are a whole number


@intrinsic
def _clamp(typing: Any, x: Any, low: Any, high: Any) -> Any:
    """Clamp x to low..high; NaN stays NaN."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        value, *limits = arguments
        for sign, limit in zip("><", limits, strict=True):
            if signature.return_type is VECTOR:
                limit = Emitter(context, builder, LANES).broadcast(limit)
            value = builder.select(builder.fcmp_ordered(sign, limit, value), limit, value)
        return value

    kind = VECTOR if x is VECTOR else types.float32
    return kind(kind, types.float32, types.float32), generate


@intrinsic
def _power_of_two(typing: Any, number: Any) -> Any:
    """2^n, where `number` is n + _WHOLE and -127 < n < 128."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        bits: Any = ir.IntType(32)
        shift, one = bits(23), bits(0x3F800000)
        floats: Any = FLOAT
        if signature.return_type is VECTOR:
            bits, floats = ir.VectorType(bits, LANES), ir.VectorType(FLOAT, LANES)
            shift, one = (ir.Constant(bits, [value] * LANES) for value in (shift, one))
        exponent = builder.shl(builder.bitcast(arguments[0], bits), shift)
        return builder.bitcast(builder.add(exponent, one), floats)

    kind = VECTOR if number is VECTOR else types.float32
    return kind(kind), generate


@inline
def _parts(x: Any) -> Any:
    """e^r - 1 and 2^n with e^x = e^r 2^n, n whole and |r| <= ln(2) / 2; for -88 < x < 88.7.

    e^r by the minimax polynomial of Cephes' expf (Moshier 1992).
    """
    number = x * float32(_LOG2_E) + float32(_WHOLE)
    n = number - float32(_WHOLE)
    r = x - n * float32(_LN2_HIGH) - n * float32(_LN2_LOW)
    p = r * float32(1.9875691500e-4) + float32(1.3981999507e-3)
    p = p * r + float32(8.3334519073e-3)
    p = p * r + float32(4.1665795894e-2)
    p = p * r + float32(1.6666665459e-1)
    p = p * r + float32(5.0000001201e-1)
    return p * (r * r) + r, _power_of_two(number)


@inline
def exp(x: Any) -> Any:
    """e^x, with x clamped to -87..88, so that results are between about 1e-38 and 1e38."""
    rest, power = _parts(_clamp(x, float32(-87.0), float32(88.0)))
    return (rest + float32(1)) * power


@inline
def sigmoid(x: Any) -> Any:
    """1 / (1 + e^-x)."""
    return float32(1) / (float32(1) + exp(float32(0) - x))


@inline
def softplus(x: float32) -> float32:
    """log(1 + e^x) = max(x, 0) + log(1 + u), u = e^-|x|.

    log(1 + u) = 2 atanh(s), s = u / (2 + u) <= 1/3; its series ends where an ulp begins.
    """
    u = exp(-abs(x))
    s = u / (float32(2) + u)
    z = s * s
    p = float32(1 / 13)
    p = p * z + float32(1 / 11)
    p = p * z + float32(1 / 9)
    p = p * z + float32(1 / 7)
    p = p * z + float32(1 / 5)
    p = p * z + float32(1 / 3)
    above: float32 = (x if x > 0 else float32(0)) + float32(2) * s * (p * z + float32(1))
    return above


@inline
def tanh(x: Any) -> Any:
    """E / (E + 2) with E = e^2x - 1, which is as exact near 0 as elsewhere; 1 for x >= 10."""
    rest, power = _parts(_clamp(x + x, float32(-20.0), float32(20.0)))
    above = rest * power + (power - float32(1))
    return above / (above + float32(2))


@inline
def erf(x: float32) -> float32:
    """The error function, x P(x^2) / Q(x^2) for |x| < 3.83, beyond which it is 1 within rounding.

    The coefficients are those of Eigen's and XLA's float32 erf.
    """
    x = float32(-3.832506856900711) if x < float32(-3.832506856900711) else x
    x = float32(3.832506856900711) if x > float32(3.832506856900711) else x
    z = x * x
    p = float32(0.00022905065861350646)
    p = p * z + float32(0.0034082910107109506)
    p = p * z + float32(0.050955695062380861)
    p = p * z + float32(0.18520832239976145)
    p = p * z + float32(1.128379143519084)
    q = float32(-1.1791602954361697e-7)
    q = q * z + float32(0.000023547966471313185)
    q = q * z + float32(0.0010179625278914885)
    q = q * z + float32(0.014070470171167667)
    q = q * z + float32(0.11098505178285362)
    q = q * z + float32(0.49746925110067538)
    q = q * z + float32(1)
    return x * p / q


@inline
def exp_all(x: Array) -> None:
    """Replace every number of `x` by its exponential."""
    for i in range(x.size):
        x[i] = exp(x[i])
