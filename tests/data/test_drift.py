"""Points of a stream come in order of time, and the line between the classes turns."""

from __future__ import annotations

import numpy as np
import pytest

from tui_dl.data.drift import load
from tui_dl.spec.data.drift import Drift


def agreement(points: np.ndarray, labels: np.ndarray, degrees: float) -> float:
    """The share of points on the side of a line at this angle that their label says."""
    angle = np.radians(degrees)
    return float(np.mean((points @ [-np.sin(angle), np.cos(angle)] > 0) == labels))


@pytest.mark.parametrize("turn", [0, 90, 180])
def test_the_line_turns_by_so_many_degrees(turn: float) -> None:
    dataset = load(Drift(samples=4000, turn=turn, noise=0), 0)
    train, quarter = dataset.train, len(dataset.train) // 4
    assert agreement(train.inputs[:quarter], train.targets[:quarter], 0) == 1
    assert agreement(train.inputs[-quarter:], train.targets[-quarter:], turn) == 1
    assert agreement(dataset.test.inputs, dataset.test.targets, turn) == 1
    middle = slice(2 * quarter - 50, 2 * quarter + 50)
    assert agreement(train.inputs[middle], train.targets[middle], turn / 2) > 0.95


def test_validation_samples_come_right_after_their_section() -> None:
    source = Drift(samples=8000, sections=4, turn=120, noise=0)
    validation = load(source, 1).validation
    each = len(validation) // 4
    for section, degrees in enumerate((0, 60, 120, 120)):
        own = slice(section * each, (section + 1) * each)
        assert agreement(validation.inputs[own], validation.targets[own], degrees) == 1


def test_noise_blurs_the_line() -> None:
    test = load(Drift(samples=20_000, turn=0, noise=1), 0).test
    # The angle between the sum of both normal numbers and one of them is 45 degrees.
    assert agreement(test.inputs, test.targets, 0) == pytest.approx(0.75, abs=0.02)
