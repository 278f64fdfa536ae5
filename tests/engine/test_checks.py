"""Checks of an untrained network: each fails on what it is for, and none changes training."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from tui_dl import data, presets
from tui_dl.engine.graph.compile import compile_kernels
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.train import session
from tui_dl.engine.train.assemble import assemble
from tui_dl.engine.train.checks import CHECKS, SHARE, run_checks
from tui_dl.engine.train.trainer import Trainer
from tui_dl.process.read_experiment import read
from tui_dl.protocol.check_result import CheckResult
from tui_dl.protocol.events import CheckFailed, Evaluated

WITH_TARGETS = [name for name in presets.COURSE if not read(name).data.gives_rewards]
# Presets that show what does not learn, learns too slowly for a few hundred steps, or cannot.
FAILING = {
    "vanishing-gradient": {"gradient_flow", "overfit_batch"},
    "vanishing-cured": {"gradient_flow", "overfit_batch"},
    "batch-norm": {"gradient_flow", "overfit_batch"},
    "exploding-gradient": {"first_loss", "overfit_batch"},
    "loss-functions": {"first_loss"},
    "local-minimum": {"first_loss"},  # it begins where the loss is high
    "cross-entropy": {"overfit_batch"},  # its labels are noisy
    "underfitting": {"overfit_batch"},
    "optimizers": {"overfit_batch"},
}
EVERYTHING = [
    'network=[{kind="flatten"},{kind="dense",units=32},{kind="batch_norm"},{kind="relu"},'
    '{kind="dropout",rate=0.2},{kind="dense",units=10}]',
    'train.optimizer={kind="sgd",learning_rate=0.05,momentum=0.9}',
    "train.weight_average=0.9",
    "train.clip={norm=1}",
    "train.l2=0.001",
]


@contextmanager
def trainer_of(name: str, *overrides: str) -> Iterator[Trainer]:
    """A trainer at its start, its kernels compiled."""
    experiment = read(name, list(overrides))
    dataset = data.load(experiment.data, experiment.train.seed, experiment.data_spec)
    with ThreadPool(1) as pool:
        trainer = assemble(experiment, dataset, pool)
        for _ in compile_kernels(trainer.kernels()):
            pass
        trainer.stepper.pack()
        yield trainer


def failed(
    name: str, *overrides: str, change: Callable[[Trainer], None] = lambda _: None
) -> dict[str, CheckResult]:
    """The checks that fail on an experiment, after its data or weights were changed."""
    with trainer_of(name, *overrides) as trainer:
        change(trainer)
        trainer.stepper.pack()
        return {it.check: it for it in run_checks(trainer) if not it.passed}


@pytest.mark.slow
@pytest.mark.parametrize("name", [*WITH_TARGETS, "iris", "wine", "breast-cancer", "diabetes"])
def test_what_learns_passes_and_what_does_not_fails(name: str) -> None:
    assert set(failed(name)) == FAILING.get(name, set())


def test_a_rate_that_moves_nothing_cannot_overfit() -> None:
    found = failed("iris", "train.optimizer.learning_rate=1e-9")
    assert set(found) == {"overfit_batch"}
    assert found["overfit_batch"].figure == pytest.approx(1, abs=0.05)


def test_unscaled_inputs_are_found() -> None:
    def unscaled(trainer: Trainer) -> None:
        trainer.dataset.train.inputs[...] *= 1_000

    found = failed("first-network", change=unscaled)
    assert {"input_scale", "first_loss"} <= set(found)
    assert "expected is about 2.3026 (ln 10" in found["first_loss"].says


def test_a_column_out_of_scale_is_named() -> None:
    def unscaled(trainer: Trainer) -> None:
        trainer.dataset.train.inputs[:, 2] += 50

    found = failed("iris", change=unscaled)["input_scale"]
    assert found.says.startswith("column 3 of the inputs: mean 50.")


def test_inputs_that_vanish_are_found() -> None:
    def tiny(trainer: Trainer) -> None:
        trainer.dataset.train.inputs[...] *= 1e-4

    assert failed("first-network", change=tiny)["input_scale"].low == 0.05


def test_inputs_that_are_rarely_not_0_are_in_scale() -> None:
    def sparse(trainer: Trainer) -> None:
        inputs = trainer.dataset.train.inputs.reshape(len(trainer.dataset.train), -1)
        inputs[...] = 0
        inputs[np.arange(len(inputs)), np.arange(len(inputs)) % inputs.shape[1]] = 0.3

    assert "input_scale" not in failed("first-network", change=sparse)


def test_targets_out_of_scale_are_found() -> None:
    def far(trainer: Trainer) -> None:
        trainer.dataset.train.targets[...] += 100

    found = failed("diabetes", change=far)["first_loss"]
    assert found.figure == pytest.approx(10_000, rel=0.1)
    assert "expected is about 1.0" in found.says


def test_dead_relus_let_no_gradient_through() -> None:
    def dead(trainer: Trainer) -> None:
        trainer.parameters.tensors(trainer.parameters.values)["dense_1.bias"][...] = -1_000

    found = failed("first-network", change=dead)
    assert found["gradient_flow"].figure == 0
    assert "no gradient reaches dense_1" in found["gradient_flow"].says
    assert "overfit_batch" in found


def test_initial_weights_of_zero_let_no_gradient_through() -> None:
    zeros = [f'network[{index}].initializer="zeros"' for index in (1, 3)]
    assert "no gradient reaches" in failed("first-network", *zeros)["gradient_flow"].says


def test_large_weights_at_the_start_are_found() -> None:
    def large(trainer: Trainer) -> None:
        trainer.parameters.tensors(trainer.parameters.values)["dense_2.weight"][...] *= 100

    assert "first_loss" in failed("first-network", change=large)


def test_numbers_that_are_not_finite_fail() -> None:
    def far(trainer: Trainer) -> None:
        trainer.dataset.train.inputs[...] = 1e38

    found = failed("diabetes", change=far)
    assert set(found) == set(CHECKS)
    assert found["first_loss"].figure is None


@pytest.mark.parametrize(
    ("name", "overrides"),
    [("first-network", []), ("first-network", EVERYTHING), ("memory", []), ("diabetes", [])],
)
def test_training_is_the_same_bit_for_bit(name: str, overrides: list[str]) -> None:
    ends = []
    for checked in (False, True):
        with trainer_of(name, *overrides, "train.epochs=2") as trainer:
            if checked:
                before = trainer.checkpoint()
                assert {it.check for it in run_checks(trainer)} >= {"overfit_batch"}
                after = trainer.checkpoint()
                assert after.position == before.position
                for tensor, start in before.tensors.items():
                    np.testing.assert_array_equal(after.tensors[tensor], start)
            records = [
                it[["step", "loss", "gradient_norm"]].copy()
                for it in trainer.train()
                if isinstance(it, np.ndarray)
            ]
            ends.append((trainer.checkpoint().tensors, np.concatenate(records)))
    (plain, steps), (with_checks, same_steps) = ends
    np.testing.assert_array_equal(steps, same_steps)
    for tensor, values in plain.items():
        np.testing.assert_array_equal(with_checks[tensor], values)


@pytest.mark.parametrize(
    "name",
    [
        "first-network",
        "diabetes",
        "vanishing-gradient",
        pytest.param("lenet5", marks=pytest.mark.slow),
        pytest.param("translate-dates", marks=pytest.mark.slow),
    ],
)
def test_a_run_is_the_same_with_and_without_them(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiment = read(name, ["train.epochs=2"])
    runs = []
    for share in (SHARE, -1.0):  # below 0 no check is made
        monkeypatch.setattr(session, "SHARE", share)
        records, evaluated, failures = [], [], []
        for it in session.train(experiment, threads=2):
            if isinstance(it, np.ndarray):
                records.append(it[["step", "loss", "metric", "gradient_norm"]].copy())
            elif isinstance(it, Evaluated):
                evaluated.append((it.loss, it.metrics))
            elif isinstance(it, CheckFailed):
                failures.append(it.result.check)
        runs.append((np.concatenate(records), evaluated, failures))
    (steps, ends, failures), (same_steps, same_ends, none) = runs
    assert steps.tobytes() == same_steps.tobytes()
    assert ends == same_ends
    assert failures == ["gradient_flow"] * (name == "vanishing-gradient")
    assert not none


def test_a_share_of_the_steps_leaves_out_what_makes_more() -> None:
    with trainer_of("iris", "train.epochs=4") as trainer:
        names = {it.check for it in run_checks(trainer, SHARE)}
    assert names == set(CHECKS) - {"overfit_batch"}


def test_an_autoencoder_passes() -> None:
    network = 'network=[{kind="flatten"},{kind="dense",units=16},{kind="dense",units=64}]'
    mse = 'train.loss="mean_squared_error"'
    assert not failed("first-network", network, mse, 'train.target="input"')


def test_an_environment_has_no_checks() -> None:
    with trainer_of("cartpole") as trainer:
        assert not list(run_checks(trainer))
