"""Claims are tested by what runs recorded, and by nothing else."""

from __future__ import annotations

from math import inf
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from tests.fake_run import SMALL, diagnosed, ended, epoch, records, started
from tui_dl.course.verdict import Verdict, verdicts
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.events import Baseline, BaselinesEvaluated, Evaluated, Failed, Split
from tui_dl.protocol.tensor_file import Tensor
from tui_dl.runs import artifacts
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.folder import Run, create
from tui_dl.runs.step_log import StepLog
from tui_dl.spec.course.claim import Claim
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse

TEXT = SMALL.replace(
    '{ kind = "dense"', '{ kind = "dense", units = 4 }, { kind = "relu" }, { kind = "dense"'
)

PLANE = """
title = "plane"
data = { source = "moons" }
network = [{ kind = "dense", units = 2 }]
"""


def recorded(home: Path, *, over: bool = True, losses: tuple[float, ...] = (0.9, 0.5, 0.7)) -> Run:
    """A run of an epoch for each loss, with all that claims may name."""
    run = create(home, "small", parse(TEXT, "small.toml"))
    log, steps = EventLog(run.events), StepLog(run.steps)
    log.append(started())
    for number, loss in enumerate(losses, 1):
        made = records(20, first=20 * (number - 1) + 1)
        made["layer_gradient_norm"] = [1e-6 * number, 0.5]
        made["layer_weight_norm"] = [number, 2 * number]
        made["learning_rate"] = 0.1
        steps.append(made)
        idle = np.array([0.25 * number], np.float32)
        tensor = Tensor("F32", (1,), idle.tobytes())
        labels = {"layers": ["relu_1"]}
        artifacts.write(run, Artifact("activations", number, 20 * number, {"idle": tensor}, labels))
        accuracy = 0.6 + number / 10
        log.append(
            epoch(
                number,
                loss,
                min(number, 2),
                validation_accuracy=accuracy,
                metrics={"accuracy": accuracy},
            )
        )
    if over:
        log.append(diagnosed(kind="overfitting"))
        finals: dict[Split, float] = {"train": 0.3, "validation": 0.5, "test": 0.6}
        for split, loss in finals.items():
            log.append(Evaluated(split=split, loss=loss, accuracy=0.75, metrics={"accuracy": 0.75}))
        linear = Baseline({"accuracy": 0.7}, 10)
        always = Baseline({"accuracy": 0.1}, 10)
        log.append(
            BaselinesEvaluated(
                split="test", metric="accuracy", network=0.75, constant=always, linear=linear
            )
        )
        log.append(ended())
    else:
        log.append(Failed(reason="the loss is not finite at step 61"))
    log.close()
    steps.close()
    run.lock.touch()
    return run


def claiming(*tests: str) -> Experiment:
    claims = tuple(Claim(test, test) for test in tests)
    return replace(parse(TEXT, "small.toml"), claim=claims)


def verdict(test: str, run: Run, **variants: Run) -> Verdict:
    (found,) = verdicts(claiming(test), {"": run, **variants})
    return found


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("train_loss", 1 / 3),
        ("train_loss.first", 1.0),
        ("train_accuracy.mean", 0.5),
        ("validation_loss", 0.7),
        ("validation_loss.first", 0.9),
        ("validation_loss.min", 0.5),
        ("validation_loss.max", 0.9),
        ("validation_loss.at[2]", 0.5),
        ("validation_loss.mean", 0.7),
        ("validation_loss.reaches[0.6]", 2),
        ("validation_loss.reaches[0.95]", 1),
        ("validation_loss.reaches[0.4]", inf),
        ("validation_accuracy.reaches[0.8]", 2),
        ("validation_accuracy.reaches[0.65]", 1),
        ("validation_accuracy", 0.9),
        ("grad_norm['dense_1'].last", 3e-6),
        ("grad_norm['dense_1'].first", 1e-6),
        ("weight_norm['dense_2'].max", 6),
        ("learning_rate", 0.1),
        ("loss_deviation.last", float(np.std(1 / np.arange(41, 61)))),
        ("idle['relu_1'].at[2]", 0.5),
        ("idle['relu_1']", 0.75),
        ("test_loss", 0.6),
        ("test_accuracy", 0.75),
        ("final_train_loss", 0.3),
        ("final_validation_accuracy", 0.75),
        ("epochs", 3),
        ("best_epoch", 2),
        ("steps", 60),
        ("parameters", 650),
        ("flops", 596),
        ("output_size['dense_1']", 4),
        ("output_side['relu_1']", 4),
        ("diagnosed['overfitting']", 1),
        ("diagnosed['underfitting']", 0),
        ("baseline['linear']", 0.7),
        ("baseline['constant']", 0.1),
        ("-2 * (test_loss + 0.4) / 4 - 1", -1.5),
    ],
)
def test_a_figure_is_what_the_run_recorded(home: Path, figure: str, value: float) -> None:
    found = verdict(f"{figure} <= 1000", recorded(home))
    assert found.problem == ""
    assert found.left == pytest.approx(value, rel=1e-6)


@pytest.mark.parametrize(
    ("test", "holds", "margin"),
    [
        ("test_loss < 0.8", True, 0.25),
        ("test_loss > 0.8", False, 0.25),
        ("0.8 > test_loss", True, 0.25),
        ("test_loss <= 0.6", True, 0.0),
        ("test_loss < 0.6", False, 0.0),
        ("-test_loss > -1.2", True, 0.5),
        ("validation_loss.reaches[0.5] < validation_loss.reaches[0.1]", True, 1.0),
        ("validation_loss.reaches[0.1] < validation_loss.reaches[0.1]", False, 0.0),
        ("validation_loss.reaches[0.1] < 100", False, 1.0),
        ("diagnosed['plateau'] * 2 >= 0", True, 0.0),
    ],
)
def test_a_claim_holds_by_a_margin(home: Path, test: str, holds: bool, margin: float) -> None:
    found = verdict(test, recorded(home))
    assert found.holds is holds
    assert found.margin == pytest.approx(margin)


def test_a_variant_is_another_run(home: Path) -> None:
    mine, other = recorded(home), recorded(home, losses=(0.9, 0.1))
    assert verdict("fast.validation_loss.last < validation_loss.last", mine, fast=other).holds
    assert not verdict("fast.validation_loss.last < validation_loss.last", mine, fast=mine).holds


@pytest.mark.parametrize(
    ("test", "problem"),
    [
        ("test_loss < 1", "the run has no test_loss: the loss is not finite at step 61"),
        ("baseline['linear'] < 1", "the run has no baseline: the loss is not finite"),
        ("validation_loss.at[9] < 1", "the run ended after epoch 3"),
        ("1 / diagnosed['plateau'] < 1", "it divides by zero"),
        ("validation_loss.last < 1", ""),
    ],
)
def test_what_a_failed_run_does_not_have_does_not_hold(home: Path, test: str, problem: str) -> None:
    found = verdict(test, recorded(home, over=False))
    assert found.problem.startswith(problem)
    assert found.holds is not bool(problem)
    assert (found.margin is None) is bool(problem)


def test_a_number_of_a_picture_is_a_figure(home: Path) -> None:
    run, experiment = recorded(home), parse(PLANE, "plane.toml")
    claims = (Claim("it is", "line_error.first < 0.3"), Claim("it is too", "line_error < 0.3"))
    for epoch_, error in ((1, 0.25), (2, 0.5)):
        tensor = Tensor("F32", (1,), np.array([error], np.float32).tobytes())
        artifact = Artifact("decision_boundary", epoch_, 20 * epoch_, {"line_error": tensor}, {})
        artifacts.write(run, artifact)
    found = verdicts(replace(experiment, claim=claims), {"": run})
    assert [(it.left, it.holds) for it in found] == [(0.25, True), (0.5, False)]
    (run.artifacts / "decision_boundary" / "40.safetensors").write_bytes(b"x")
    (bad,) = verdicts(replace(experiment, claim=claims[:1]), {"": run})
    assert bad.problem == "the decision_boundary cannot be read"


def test_a_figure_that_is_not_finite_proves_nothing(home: Path) -> None:
    run = recorded(home)
    log = EventLog(run.events)
    log.append(epoch(4, None, 2))
    log.close()
    found = verdict("validation_loss.last < 1", run)
    assert not found.holds
    assert found.problem == "a figure is not finite"


def test_damaged_artifacts_prove_nothing(home: Path) -> None:
    run = recorded(home)
    (run.artifacts / "activations" / "40.safetensors").write_bytes(b"x")
    found = verdict("idle['relu_1'] < 1", run)
    assert found.problem == "the activations of relu_1 cannot be read"
