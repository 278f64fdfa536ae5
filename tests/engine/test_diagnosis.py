"""Runs that provoke each diagnosis; with the advised change the run is better and it is gone."""

from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, get_args

import numpy as np
import pytest

from tests.engine.diagnosed import (
    HE,
    ONE_STEP,
    RECALL,
    RELU,
    TANH,
    adam,
    diagnoses,
    outcome,
    run,
    sgd,
)
from tests.engine.test_resume import after, at, copied, last
from tui_dl import data, presets
from tui_dl.engine.diagnosis.examine import RULES
from tui_dl.engine.diagnosis.finding import Lesson
from tui_dl.engine.graph.compile import compile_kernels
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.train.assemble import assemble
from tui_dl.engine.train.session import train
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.commands import Set, Stop
from tui_dl.protocol.events import Diagnosed, EpochEnded
from tui_dl.spec.toml.reading import read
from tui_dl.support.errors import UserError

DROPOUT = "first-network", 'network[2]={kind="dropout",rate=0.5}'
FEW = "early-stopping", "data.validation=0.6", "data.test=0.35"
LSTM = *RECALL, "network[1].kind=lstm", "data.length=8"


def set_at(step: int, rate: float) -> str:
    return f"train.change=[{{step={step},learning_rate={rate}}}]"


class Case(NamedTuple):
    """A run that has it, and what is advised; `slow`: it trains for more than a second."""

    kind: str
    run: tuple[str, ...]
    change: tuple[str, ...]
    slow: bool = False


# What is changed, and the lesson about it.
LESSONS = {
    "learning_rate": "learning-rate", "train.change": "learning-rate",
    "train.clip": "exploding-gradient", "dropout": "dropout", "early_stopping": "early-stopping",
    "orthogonal": "memory", "optimizer.kind=adam": "optimizers", "schedule": "lr-decay",
    "units": "underfitting", "relu": "vanishing-cured", "initializer=he": "vanishing-cured",
}  # fmt: skip
CASES = [
    Case("vanishing_gradient", ("vanishing-gradient", "train.epochs=10"), (RELU, HE[2])),
    Case("exploding_gradient", (*HE, "train.epochs=10", sgd(0.8)), ("train.clip.norm=1",)),
    Case(
        "dead_relu", ("first-network", "train.epochs=5", sgd(3)),
        ("train.optimizer.learning_rate=0.3",),
    ),
    Case(
        "dead_relu",
        (
            *HE[:2],
            "network[1].layers[0].initializer=uniform",
            "train.epochs=6",
            "network[1].times=6",
        ),
        (HE[2],),
    ),
    Case("saturation", (*TANH, adam(0.1)), ("train.optimizer.learning_rate=0.01",)),
    Case(
        "overfitting", ("first-network", *FEW[1:], "network[1].units=256", "train.epochs=40"),
        ("train.early_stopping.patience=4",),
    ),
    Case(
        "overfitting", ("early-stopping",),
        tuple(
            f'network[{place}]={{kind="repeat",times=1,layers=[{{kind="relu"}},'
            '{kind="dropout",rate=0.5}]}'
            for place in (2, 4)
        ), True,
    ),
    Case(
        "underfitting", ("first-network", "network[1].units=1", "train.epochs=14"),
        ("network[1].units=8",),
    ),
    Case(
        "learning_rate_too_high", ("first-network", "train.epochs=3", sgd(10)),
        ("train.optimizer.learning_rate=1",),
    ),
    Case(
        "learning_rate_too_high", (*HE[:2], "train.epochs=20", sgd(0.01), set_at(100, 1000)),
        ("train.change=[]",),
    ),
    Case(
        "learning_rate_too_high", ("first-network", "train.epochs=9", sgd(0.1), set_at(100, 100)),
        ("train.change=[]",),
    ),
    Case(
        "learning_rate_too_high",
        (
            "first-network", "train.epochs=9", sgd(20),
            "train.change=[{step=100,learning_rate=100},{step=350,stop=true}]",
        ),
        ("train.change=[]", "train.optimizer.learning_rate=0.2"),  # what comes later has no say
    ),
    Case(
        "learning_rate_too_low", ("first-network", "train.epochs=6", sgd(1e-6)),
        ("train.optimizer.learning_rate=0.1",),
    ),
    Case(
        "learning_rate_too_low", ("first-network", "train.epochs=9", set_at(1, 1e-9)),
        ("train.change=[]",),
    ),
    Case("plateau", ("vanishing-gradient", RELU, "train.epochs=22"), (HE[2],)),
    Case(
        "plateau", (*LSTM, "train.epochs=20", sgd(0.03)),
        ("train.optimizer.kind=adam", "train.optimizer.learning_rate=0.001"), True,
    ),
    Case(
        "plateau", (*RECALL, "data.length=30", "train.epochs=22"),
        ("network[1].initializer=orthogonal",), True,
    ),
    Case("plateau", (*DROPOUT, adam(0.03), "train.epochs=26"), ("train.schedule.kind=cosine",)),
]  # fmt: skip


def cases() -> list[Any]:
    slow = [pytest.mark.slow]
    names = [f"{case.kind}-{index}" for index, case in enumerate(CASES)]
    return [
        pytest.param(case, id=name, marks=slow if case.slow else [])
        for case, name in zip(CASES, names, strict=True)
    ]


def test_every_rule_has_its_case() -> None:
    assert {rule.kind for rule in RULES} == {case.kind for case in CASES}


@pytest.mark.parametrize("case", cases())
@pytest.mark.slow
def test_what_is_advised_makes_the_run_better_and_is_not_said_again(case: Case) -> None:
    sick = outcome(*case.run)
    found = sick.said[0]
    assert (found.kind, found.change) == (case.kind, list(case.change))
    assert found.message
    assert found.advice
    assert found.lesson == next(it for part, it in LESSONS.items() if part in found.change[0])
    assert all(value is not None and np.isfinite(value) for value in found.evidence.values())
    assert [it.kind for it in sick.said].count(case.kind) == 1
    cured = outcome(*case.run, *found.change)
    assert case.kind not in {it.kind for it in cured.said}
    assert cured.validation_loss < sick.validation_loss
    if case.kind not in ("overfitting", "plateau"):
        assert cured.train_loss < sick.train_loss


def test_a_hidden_layer_is_added_where_there_is_none(tmp_path: Path) -> None:
    file = tmp_path / "linear.toml"
    file.write_text(ONE_STEP, encoding="utf-8")
    small = ["data.resize=[2,2]", "data.batch_size=64", "train.optimizer.kind=adam", adam(0.01)]
    sick = outcome(str(file), *small, "train.epochs=100")
    (found,) = sick.said
    assert found.kind == "underfitting"
    assert found.change[0].startswith('network[1]={kind="repeat"')
    cured = outcome(str(file), *small, "train.epochs=100", *found.change)
    assert cured.validation_loss < 0.9 * sick.validation_loss
    assert cured.train_loss < 0.9 * sick.train_loss


@pytest.mark.usefixtures("one_by_one")
def test_a_rate_that_somebody_sets_live_is_named() -> None:
    outputs: list[Any] = []
    with suppress(UserError):
        outputs += train(read("first-network", [sgd(0.1), "train.epochs=9"]), 1,
                            at({100: [Set(100.0)]}))  # fmt: skip
    (found,) = diagnoses(outputs)
    assert found.message.startswith("since the rate was set to 100 at step 100, ")
    assert found.change == ["train.change=[]"]


def test_a_diverging_run_says_why_before_it_fails() -> None:
    (said,) = run("early-stopping", sgd(1000))
    assert said.kind == "learning_rate_too_high"
    assert said.change == ["train.optimizer.learning_rate=1"]


@pytest.mark.parametrize(("rate", "change"), [(900, "0.9"), (90, "0.9"), (20, "0.2"), (5, "0.5")])
def test_one_advice_ends_divergence(rate: float, change: str) -> None:
    said = run("first-network", "train.epochs=3", sgd(rate))
    advised = [it.change for it in said]
    assert advised[0] == [f"train.optimizer.learning_rate={change}"]
    assert advised == advised[:1] * len(said)
    assert run("first-network", "train.epochs=3", sgd(rate), *advised[0]) == []


def test_lessons_are_presets_that_there_are() -> None:
    assert set(get_args(Lesson)) <= {"", *presets.COURSE}


@pytest.mark.parametrize("step", [25, 40, 41, 55])
def test_an_interrupted_run_says_the_same_at_the_same_time(step: int) -> None:
    """Epochs have 20 steps, and what is to be said is said with the second."""
    experiment = read("vanishing-gradient", ["train.epochs=4"])
    whole = copied(train(experiment, 1))
    first = copied(train(experiment, 2, at({step: [Stop()]})))
    before = first[: len(first) - len(after(first, last(first)))]
    rest = copied(train(experiment, 2, checkpoint=last(first)))
    said = [facts(it) for it in diagnoses(before) + diagnoses(rest)]
    assert said == [facts(it) for it in diagnoses(whole)] != []
    assert activations(before + rest) == activations(whole)
    assert len(activations(whole)) == 4


def facts(found: Diagnosed) -> tuple[Any, ...]:
    return found.kind, found.epoch, found.step, found.message, found.evidence


def activations(outputs: list[Any]) -> list[Artifact]:
    """What was seen of them while training; the look at the final weights is another one."""
    seen = (h for h in outputs if isinstance(h, Artifact) and not h.is_final)
    return [h for h in seen if h.kind == "activations"]


def test_activations_are_looked_at_ever_more_rarely() -> None:
    experiment = read(TANH[0], [TANH[1], "train.epochs=40"])
    dataset = data.load(experiment.data, experiment.train.seed)
    with ThreadPool(2) as pool:
        trainer = assemble(experiment, dataset, pool)
        list(compile_kernels(trainer.kernels()))
        trainer.stepper.pack()
        looks: dict[int, int] = {}  # epochs by the steps of their probes
        for output in trainer.train():
            if isinstance(output, EpochEnded):
                looks.setdefault(trainer.position.diagnosis.probed, output.epoch)
    assert list(looks.values()) == [1, 2, 4, 8, 16, 32]
    seen = trainer.position.diagnosis.probes[-1]["tanh_1"]
    assert seen.idle is None
    assert seen.saturated is not None
    assert 0 <= seen.saturated < 0.1
    assert seen.deviation is not None
    assert 0 < seen.deviation < 1
