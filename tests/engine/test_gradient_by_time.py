"""The gradient by time step is the one that the weights give by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engine.test_checks import trainer_of
from tui_dl.drawing.arrays import array
from tui_dl.engine.observers.gradient_by_time import _from_ends
from tui_dl.protocol.artifact import Artifact

UNITS = 8


def seen(factor: float, *overrides: str) -> Artifact:
    """What is seen of an rnn whose state is multiplied by `factor` in every step."""
    cell = f'network[1]={{kind="rnn",units={UNITS},activation="relu"}}'
    with trainer_of("memory", "data.samples=200", "data.length=10", cell, *overrides) as trainer:
        weights = trainer.parameters.tensors(trainer.parameters.values)
        weights["rnn_1.weight_hh_l0"][...] = factor * np.eye(UNITS)
        weights["rnn_1.bias_ih_l0"][...] = 100  # all units stay above 0, where relu's slope is 1
        trainer.stepper.pack()
        before = trainer.parameters.gradients.copy()
        artifacts = list(trainer.epoch_end.observe_final(trainer.position, 0, None))
        np.testing.assert_array_equal(trainer.parameters.gradients, before)
    (found,) = (it for it in artifacts if it.kind == "gradient_by_time")
    return found


@pytest.mark.parametrize("factor", [0.5, 1.0, 1.5])
def test_each_step_back_multiplies_it_by_the_weights(factor: float) -> None:
    norm = array(seen(factor), "norm")
    assert norm[1:] / norm[:-1] == pytest.approx(1 / factor, rel=1e-4)
    assert array(seen(factor), "gradient_reach")[0] == pytest.approx(factor**9, rel=1e-3)


def test_a_state_that_is_not_kept_lets_nothing_through() -> None:
    norm = array(seen(0.0), "norm")
    assert norm[-1] > 0
    assert not norm[:-1].any()


def test_time_steps_that_no_sample_has_are_left_out() -> None:
    squares = np.array([[2.0, 4.0, 0.0, 0.0], [6.0, 8.0, 10.0, 0.0]])
    assert _from_ends(squares, np.array([2, 3])).tolist() == [6.0, 5.0, 7.0]
