"""exp, tanh, sigmoid, softplus and erf: accuracy over all of float32, and the special values."""

from collections.abc import Callable
from math import erf
from typing import Any

import numba
import numpy as np
import pytest

from tui_dl.kernels.core import functions


def vectorised(function: Any) -> Callable[[Any], Any]:
    @numba.njit(error_model="numpy")  # type: ignore[untyped-decorator]
    def over(y: Any, x: Any) -> None:
        for i in range(x.size):
            y[i] = function(x[i])

    def call(x: Any) -> Any:
        y = np.empty_like(x)
        over(y, x)
        return y

    return call


def logistic(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


@numba.vectorize  # type: ignore[untyped-decorator]
def exact_erf(x: Any) -> Any:
    return erf(x)


CASES = [
    (functions.exp, np.exp, -87, 88, 2),
    (functions.tanh, np.tanh, -20, 20, 3),
    (functions.sigmoid, logistic, -80, 40, 3),
    (functions.softplus, lambda x: np.logaddexp(0, x), -80, 80, 4),
    (functions.erf, exact_erf, -6, 6, 6),
]


@pytest.mark.parametrize(("function", "exact", "low", "high", "ulps"), CASES)
def test_accuracy(function: Any, exact: Any, low: float, high: float, ulps: float) -> None:
    x = np.concatenate(
        [
            np.linspace(low, high, 2_000_001, dtype=np.float32),
            np.linspace(-1, 1, 1_000_001, dtype=np.float32),
            np.geomspace(1e-30, 0.1, 100_000, dtype=np.float32),
            -np.geomspace(1e-30, 0.1, 100_000, dtype=np.float32),
        ]
    )
    expected = exact(x.astype(np.float64))
    error = np.abs(vectorised(function)(x) - expected) / np.spacing(
        np.abs(expected).astype(np.float32)
    )
    assert error.max() <= ulps


def test_special_values() -> None:
    x = np.array([np.nan, np.inf, -np.inf, 0, 1e30, -1e30], np.float32)
    exp, tanh = vectorised(functions.exp)(x), vectorised(functions.tanh)(x)
    sigmoid, erf = vectorised(functions.sigmoid)(x), vectorised(functions.erf)(x)
    assert all(np.isnan(y[0]) for y in (exp, tanh, sigmoid, erf))
    assert exp[3] == 1
    assert exp[1] > 1e38
    assert exp[2] < 1e-37
    np.testing.assert_array_equal(tanh[1:], [1, -1, 0, 1, -1])
    np.testing.assert_array_equal(erf[1:], [1, -1, 0, 1, -1])
    np.testing.assert_allclose(sigmoid[1:], [1, 0, 0.5, 1, 0], atol=1e-37)
