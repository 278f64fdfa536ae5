"""Each diagnosis is provoked by a training, is cured by what it proposes, and else is silent."""

from contextlib import suppress
from typing import Any, get_args

import numpy as np
import pytest

from tests.engine.test_resume import after, at, copied, last
from tui_dl import extras, presets
from tui_dl.engine.diagnosis.examine import RULES
from tui_dl.engine.diagnosis.finding import Lesson
from tui_dl.engine.session import train
from tui_dl.errors import UserError
from tui_dl.events import Diagnosed, EpochEnded
from tui_dl.experiment import read
from tui_dl.runs.control import Stop

HE = "vanishing-gradient", "network[1].layers[0].initial=he", "network[1].layers[1].kind=relu"
DROPOUT = "first-network", 'network[2]={kind="dropout",rate=0.5}'
FEW = "early-stopping", "data.validation=0.6", "data.test=0.35"
TANH = "first-network", "network[2].kind=tanh", "train.epochs=5"


def sgd(rate: float) -> str:
    return f'train.optimizer={{kind="sgd",learning_rate={rate}}}'


def adam(rate: float) -> str:
    return f"train.optimizer.learning_rate={rate}"


# Kind: a training that has it, and one much like it that has nothing.
CASES = {
    "vanishing_gradient": (
        ("vanishing-gradient", "train.epochs=3"),
        ("vanishing-gradient", "train.epochs=3", "network[1].layers[1].kind=tanh"),
    ),
    "exploding_gradient": ((*HE, "train.epochs=3", sgd(3)), (*HE, "train.epochs=3", sgd(0.1))),
    "dead_relu": (
        ("first-network", "train.epochs=5", sgd(3)),
        ("first-network", "train.epochs=5", sgd(1)),
    ),
    "saturation": ((*TANH, adam(0.1)), (*TANH, adam(0.01))),
    "overfitting": ((*FEW, "train.epochs=20"), ("first-network", "train.epochs=20")),
    "underfitting": (
        ("first-network", "network[1].units=1", "train.epochs=14"),
        ("first-network", "network[1].units=16", "train.epochs=14"),
    ),
    "learning_rate_too_high": (
        ("first-network", "train.epochs=3", sgd(10)),
        ("first-network", "train.epochs=3", sgd(1)),
    ),
    "learning_rate_too_low": (
        ("first-network", "train.epochs=6", sgd(0.001)),
        ("first-network", "train.epochs=6", sgd(0.01)),
    ),
    "plateau": (
        ("memory", "data.length=60", "data.samples=1000", "train.epochs=11"),
        ("memory", "train.epochs=11"),
    ),
}
NO_CURE = {"overfitting", "plateau"}  # early stopping ends it, an lstm takes longer


def diagnoses(happenings: list[Any]) -> list[Diagnosed]:
    return [h for h in happenings if isinstance(h, Diagnosed)]


def run(name: str, *overrides: str) -> list[Diagnosed]:
    """What is said of a training, even if it diverges."""
    said = []
    with suppress(UserError):
        for happening in train(read(name, list(overrides)), 2):
            said += diagnoses([happening])
    return said


def test_every_rule_has_its_case() -> None:
    assert {rule.kind for rule in RULES} == set(CASES)


@pytest.mark.parametrize("kind", CASES)
def test_is_said_once_and_its_change_cures_it(kind: str) -> None:
    sick, _ = CASES[kind]
    said = run(*sick)
    (found,) = (it for it in said if it.kind == kind)
    assert found.message
    assert found.advice
    assert found.lesson in ("", *presets.COURSE)
    assert all(value is not None and np.isfinite(value) for value in found.evidence.values())
    assert found.change
    read(sick[0], [*sick[1:], *found.change])
    if kind not in NO_CURE:
        assert kind not in {it.kind for it in run(*sick, *found.change)}


@pytest.mark.parametrize("kind", CASES)
def test_nothing_is_said_of_a_sound_training(kind: str) -> None:
    _, sound = CASES[kind]
    assert run(*sound) == []


TEACHES = {"vanishing-gradient": ["vanishing_gradient"], "early-stopping": ["overfitting"]}


@pytest.mark.slow
@pytest.mark.parametrize("name", presets.COURSE)
def test_a_preset_has_only_what_it_teaches(name: str) -> None:
    if extras.is_missing(read(name).data):
        pytest.skip(f"{name} needs an extra that is not installed")
    assert [it.kind for it in run(name)] == TEACHES.get(name, [])


def test_steps_that_jitter_want_a_learning_rate_that_decays() -> None:
    (said,) = run(*DROPOUT, adam(0.03), "train.epochs=26")
    assert (said.kind, said.lesson) == ("plateau", "")
    assert said.change == ["train.schedule.kind=cosine"]


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
    looks = [activations(h) for h in before + rest if isinstance(h, EpochEnded)]
    assert looks == [activations(h) for h in whole if isinstance(h, EpochEnded)]


def facts(found: Diagnosed) -> tuple[Any, ...]:
    return found.kind, found.epoch, found.step, found.message, found.evidence


def activations(ended: EpochEnded) -> tuple[int, Any]:
    return ended.epoch, ended.activations


def test_activations_are_looked_at_ever_more_rarely() -> None:
    ended = [h for h in train(read(TANH[0], [TANH[1]]), 2) if isinstance(h, EpochEnded)]
    looks = [h.epoch for h in ended if h.activations]
    assert looks == [1, 2, 4, 8, 16, 32]
    seen = ended[0].activations["tanh_1"]
    assert seen.idle is None
    assert seen.saturated is not None
    assert 0 <= seen.saturated < 0.1
    assert seen.deviation is not None
    assert 0 < seen.deviation < 1
