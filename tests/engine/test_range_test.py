"""The learning-rate range test: where it sees the steepest fall, and what it suggests."""

from pathlib import Path

import numpy as np
import pytest

from tests.figures import number
from tui_dl import data
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.train.assemble import assemble
from tui_dl.engine.train.range_test import HIGHEST, LOWEST, range_test, smoothed, steepest
from tui_dl.process.find_lr import find_rate
from tui_dl.process.read_experiment import read
from tui_dl.support.errors import UserError


def test_the_steepest_fall_of_a_known_curve_is_found() -> None:
    steps = np.arange(200)
    curve = 2 - 1.5 / (1 + np.exp(-(steps - 120) / 8)) + np.where(steps > 170, steps - 170, 0)
    assert steepest(curve, 2) == 120


def test_a_curve_that_does_not_fall_has_no_suggestion() -> None:
    assert steepest(np.linspace(1, 5, 100), 1) is None
    assert steepest(np.ones(1), 1) is None


def test_the_fall_to_the_constant_answer_does_not_count() -> None:
    steps = np.arange(200)
    curve = 3 - 1 / (1 + np.exp(-(steps - 50) / 3)) - 0.5 / (1 + np.exp(-(steps - 130) / 8))
    assert steepest(curve, 3) == 50
    assert steepest(curve, 2.02) == 130  # where the first fall is not over
    assert steepest(curve, 1) == 50  # which is never reached


def test_smoothing_keeps_a_level_and_delays_nothing() -> None:
    np.testing.assert_allclose(smoothed(np.full(50, 3.0)), 3)
    peak = np.zeros(101)
    peak[50] = 1
    assert smoothed(peak).argmax() == 50


@pytest.mark.parametrize(
    "name",
    [
        *("first-network", "early-stopping", "diabetes", "breast-cancer"),
        pytest.param("lenet5", marks=pytest.mark.slow),
    ],
)
def test_what_works_is_within_a_decade(name: str) -> None:
    experiment = read(name)
    found = find_rate(experiment)
    works = experiment.train.optimizer.learning_rate
    assert works / 10 < number(found.suggestion) < works * 10
    assert found.rates[0] == LOWEST
    assert len(found.rates) == len(found.losses) == len(found.smooth)
    assert found.diverged is not None
    assert found.rates[-1] <= found.diverged < HIGHEST


def test_the_same_experiment_gives_the_same_numbers() -> None:
    experiment = read("iris")
    assert find_rate(experiment) == find_rate(experiment)


def test_no_rate_is_suggested_where_gradients_vanish() -> None:
    assert find_rate(read("vanishing-gradient")).suggestion is None


@pytest.mark.parametrize("seed", range(3))
def test_a_long_tail_of_the_target_is_no_divergence(tmp_path: Path, seed: int) -> None:
    random = np.random.default_rng(0)
    x = random.normal(size=(1_000, 3))
    tail = np.exp(2 * x[:, 0] + random.normal(size=1_000))
    rows = [f"{a:.3f},{b:.3f},{c:.3f},{y:.2f}" for (a, b, c), y in zip(x, tail, strict=True)]
    (tmp_path / "claims.csv").write_text("\n".join(["a,b,c,paid", *rows]))
    named = ["data.target=paid", "data.batch_size=8", f"train.seed={seed}"]
    found = find_rate(read(str(tmp_path / "claims.csv"), named))
    assert 1e-4 < number(found.suggestion) < 1e-1
    assert number(found.diverged) > number(found.suggestion)


def test_a_loss_that_is_never_finite_is_refused() -> None:
    experiment = read("diabetes", ["train.loss=mean_squared_error"])
    dataset = data.load(experiment.data, experiment.train.seed, experiment.data_spec)
    dataset.train.inputs[...] = 1e38
    with ThreadPool(1) as pool:
        trainer = assemble(experiment, dataset, pool)
        trainer.stepper.pack()
        with pytest.raises(UserError, match="not finite at the first step"):
            range_test(trainer)
