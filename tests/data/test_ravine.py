"""The loss of the ravine is as steep as was asked for, and its minimum is known."""

from __future__ import annotations

import numpy as np
import pytest

from tui_dl.data.ravine import WEIGHT, load
from tui_dl.spec.data.ravine import Ravine


@pytest.mark.parametrize("steepness", [1, 50, 1000])
def test_it_is_so_many_times_steeper_across(steepness: float) -> None:
    samples = load(Ravine(samples=50_000, steepness=steepness), 0)
    curvature = np.linalg.eigvalsh(np.cov(samples.inputs.T.astype(np.float64)))
    assert curvature[1] / curvature[0] == pytest.approx(steepness, rel=0.05)
    weights = np.linalg.lstsq(samples.inputs, samples.targets, rcond=None)[0]
    np.testing.assert_allclose(weights, WEIGHT, rtol=1e-3)
