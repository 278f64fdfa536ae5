"""Medians and distinct places are those that numpy finds."""

from __future__ import annotations

import numpy as np
import pytest

from tui_dl.runs.reduce import distinct, medians


@pytest.mark.parametrize("shape", [(1, 3), (2, 3), (7, 1), (8, 5)])
@pytest.mark.parametrize("axis", [0, 1])
def test_medians(shape: tuple[int, int], axis: int) -> None:
    values = np.random.default_rng(0).normal(size=shape)
    np.testing.assert_array_equal(medians(values, axis), np.median(values, axis))
    values[0, 0] = np.nan
    np.testing.assert_array_equal(medians(values, axis), np.median(values, axis))


@pytest.mark.parametrize("places", [[], [3], [2, 2, 1, 5, 1]])
def test_distinct_places(places: list[int]) -> None:
    array = np.array(places, np.intp)
    np.testing.assert_array_equal(distinct(array), np.unique(array))
