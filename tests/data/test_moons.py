"""Points of moons lie on their half circle, moved by as much noise as was asked for."""

from typing import Any

import numpy as np
import pytest

from tui_dl.data.moons import load
from tui_dl.spec.data.moons import Moons


def ordered(points: Any, labels: Any) -> Any:
    """Points with their label, in an order of their own."""
    rows = np.column_stack([labels, points])
    return rows[np.lexsort(rows.T[::-1])]


def test_points_without_noise_are_those_of_scikit_learn() -> None:
    datasets: Any = pytest.importorskip("sklearn.datasets", reason="needs scikit-learn")
    samples = load(Moons(samples=301, noise=0), 0)
    points, labels = datasets.make_moons(301)
    expected = ordered(points.astype(np.float32), labels)
    np.testing.assert_allclose(ordered(samples.inputs, samples.targets), expected, atol=1e-6)


def test_points_without_noise_are_on_their_half_circle() -> None:
    samples = load(Moons(samples=301, noise=0), 0)
    x, y = np.where(samples.targets == 0, samples.inputs.T, ((1, 0.5) - samples.inputs).T)
    np.testing.assert_allclose(x**2 + y**2, 1, rtol=1e-5)
    assert (y > -1e-6).all()
    assert np.bincount(samples.targets).tolist() == [150, 151]


@pytest.mark.parametrize("noise", [0.1, 0.5])
def test_noise_is_the_deviation_of_each_coordinate(noise: float) -> None:
    exact, moved = (load(Moons(samples=20_000, noise=it), 5) for it in (0, noise))
    np.testing.assert_array_equal(exact.targets, moved.targets)
    error = moved.inputs - exact.inputs
    assert error.mean(axis=0) == pytest.approx([0, 0], abs=0.03 * noise)
    assert error.std(axis=0) == pytest.approx([noise, noise], rel=0.03)
    assert abs(np.corrcoef(error.T)[0, 1]) < 0.03
