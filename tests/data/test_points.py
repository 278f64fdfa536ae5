"""Generated points lie on their shape, moved and relabelled by as much noise as was asked for."""

from __future__ import annotations

import numpy as np
import pytest

from tui_dl.data import circles, clouds, spirals, xor
from tui_dl.spec.data.circles import Circles
from tui_dl.spec.data.clouds import Clouds
from tui_dl.spec.data.spirals import Spirals
from tui_dl.spec.data.xor import Xor


def test_clouds_are_normal_around_their_centers() -> None:
    centers = ((0.0, 0.0), (1.0, 2.0), (-3.0, 0.5))
    made = clouds.load(Clouds(centers=centers, samples=30_000, noise=0.5), 1)
    assert np.bincount(made.targets).tolist() == [10_000] * 3
    for label, center in enumerate(centers):
        own = made.inputs[made.targets == label]
        assert own.mean(axis=0) == pytest.approx(center, abs=0.02)
        assert own.std(axis=0) == pytest.approx([0.5, 0.5], rel=0.03)


def test_spirals_without_noise_are_on_their_arm() -> None:
    made = spirals.load(Spirals(arms=3, turns=1.5, samples=301, noise=0), 0)
    x, y = made.inputs.T
    radius = np.hypot(x, y)
    turned = np.arctan2(y, x) / (2 * np.pi) - 1.5 * radius - made.targets / 3
    there = radius > 0.01
    np.testing.assert_allclose((turned - turned.round())[there], 0, atol=1e-4)
    assert np.bincount(made.targets).tolist() == [101, 100, 100]


def test_circles_without_noise_belong_to_two_classes_in_turn() -> None:
    made = circles.load(Circles(rings=4, samples=400, noise=0), 0)
    ring = np.hypot(*made.inputs.T) * 4
    np.testing.assert_allclose(ring, ring.round(), atol=1e-5)
    np.testing.assert_array_equal((ring.round() - 1) % 2, made.targets)
    assert np.unique(ring.round(), return_counts=True)[1].tolist() == [100] * 4


def test_xor_without_noise_is_whether_signs_differ() -> None:
    made = xor.load(Xor(samples=400, noise=0), 0)
    np.testing.assert_array_equal(np.abs(made.inputs), 1)
    np.testing.assert_array_equal(made.inputs.prod(axis=1) < 0, made.targets == 1)
    assert len(np.unique(made.inputs, axis=0)) == 4


@pytest.mark.parametrize("share", [0.0, 0.2, 0.9])
def test_label_noise_is_the_share_of_labels_that_are_wrong(share: float) -> None:
    exact = Clouds(centers=((0, 0), (9, 0), (0, 9)), samples=3000)
    right = clouds.load(exact, 5)
    made = clouds.load(Clouds(centers=exact.centers, samples=3000, label_noise=share), 5)
    np.testing.assert_array_equal(made.inputs, right.inputs)
    wrong = made.targets != right.targets
    assert wrong.sum() == round(3000 * share)
    shift = (made.targets - right.targets)[wrong] % 3
    counts = np.bincount(shift, minlength=3)
    assert counts[0] == 0
    assert counts[1] == pytest.approx(counts[2], rel=0.2)
