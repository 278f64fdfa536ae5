"""Windows of a machine are periodic but for their faults, which are where the keys say."""

from __future__ import annotations

import numpy as np
import pytest

from tui_dl.data.machine import load
from tui_dl.spec.data.machine import Machine


@pytest.mark.parametrize(("faults", "trained"), [(0.2, 0.0), (0.5, 0.25)])
def test_faults_are_in_the_test_part_or_as_many_as_was_asked_for(
    faults: float, trained: float
) -> None:
    dataset = load(Machine(samples=2000, faults=faults, training_faults=trained), 1)
    for part, share in ((dataset.train, trained), (dataset.validation, trained)):
        assert part.targets.mean() == pytest.approx(share, abs=0.002)
    assert dataset.test.targets.mean() == pytest.approx(faults, abs=0.002)


def test_even_a_small_share_of_faults_is_one() -> None:
    assert load(Machine(samples=100, faults=0.001), 0).test.targets.sum() == 1


def test_sound_windows_are_sums_of_two_harmonics_and_faulty_ones_are_not() -> None:
    test = load(Machine(noise=0), 0).test
    turns = 2 * np.pi * 3 * np.arange(64) / 64
    basis = np.stack([f(n * turns) for n in (1, 2) for f in (np.sin, np.cos)], axis=1)
    fitted = basis @ np.linalg.lstsq(basis, test.inputs.T.astype(np.float64), rcond=None)[0]
    errors = ((fitted.T - test.inputs) ** 2).mean(axis=1)
    assert errors[test.targets == 0].max() < 1e-10
    assert errors[test.targets == 1].min() > 1e-4


def test_noise_has_its_deviation() -> None:
    turns = 2 * np.pi * 3 * np.arange(64) / 64
    basis = np.stack([f(n * turns) for n in (1, 2) for f in (np.sin, np.cos)], axis=1)
    train = load(Machine(noise=0.3), 0).train.inputs.T.astype(np.float64)
    rest = train - basis @ np.linalg.lstsq(basis, train, rcond=None)[0]
    assert np.sqrt((rest**2).sum() / ((64 - 4) * train.shape[1])) == pytest.approx(0.3, rel=0.02)
