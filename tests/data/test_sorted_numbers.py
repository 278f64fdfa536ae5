"""What sorting says of numbers is bit for bit what numpy says."""

import numpy as np
import pytest

from tui_dl.data.sorted_numbers import distinct_numbers, is_in, median, quantiles

RANDOM = np.random.default_rng(5)
ARRAYS = [
    np.array([2.5]),
    np.array([0.1, 0.2]),
    np.array([-0.0, 0.0, -3.0, 7.0, 7.0]),
    RANDOM.integers(0, 9, 100) * 1.0,
    RANDOM.integers(-9, 9, 101) * 1.0,
    RANDOM.integers(900, 1100, 64) * 1.0,
    RANDOM.normal(size=257) * 1e9,
]


@pytest.mark.parametrize("values", ARRAYS)
def test_it_is_as_numpy_has_it(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    shares = [0, 0.05, 0.25, 1 / 3, 0.5, 0.75, 0.999, 1]
    assert (distinct_numbers(values) == np.unique(values)).all()
    assert median(values) == np.median(values)
    assert (quantiles(values, shares) == np.quantile(values, shares)).all()
    among = values[::3]
    assert (is_in(values, among) == np.isin(values, among)).all()


def test_values_that_are_no_numbers_count_as_one() -> None:
    some = np.array([np.nan, 2, np.nan, 0, 2])
    assert np.array_equal(distinct_numbers(some), [0, 2, np.nan], equal_nan=True)
    days = np.array(["NaT", "2024-05-01", "NaT", "2023-01-01"], "datetime64[s]")
    assert len(distinct_numbers(days)) == 3
    assert distinct_numbers(np.array([3, 1, 3], np.int32)).tolist() == [1, 3]


def test_nothing_is_in_nothing() -> None:
    nothing = np.array([])
    assert distinct_numbers(nothing).tolist() == []
    assert is_in(np.array([1.0]), nothing).tolist() == [False]
    assert is_in(nothing, np.array([1.0])).tolist() == []
