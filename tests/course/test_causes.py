"""Every claim of a preset holds, and fails where its cause is removed."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.course.conftest import Trained
from tui_dl import presets
from tui_dl.process.read_experiment import read


class Removed(NamedTuple):
    """Overrides that remove a cause, and the claims that fail then, by their places."""

    claims: list[int]
    overrides: list[str]


UNLEARNED = "train.optimizer.learning_rate=1e-9"
PLENTY = ["data.validation=0.15", "data.test=0.15"]
HE = ["network[1].layers[1].kind=relu", "network[1].layers[0].initializer=he"]
GLOROT = "network[1].layers[0].initializer=glorot"
SET = "variant[{}].set={}".format
CAUSES = {
    "neuron": [
        Removed([0], ["data.noise=1.5"]),
        Removed([1], ['network=[{kind="dense",units=2},{kind="tanh"},{kind="dense",units=1}]',
                      "train.epochs=10"]),
        Removed([2], [SET(0, '{ "train.clip.norm" = 1e3 }')]),
    ],
    "first-network": [
        Removed([0], ["network[1].units=2"]),
        Removed([1], ["data.validation=0.48", "data.test=0.48", "network[1].units=256"]),
    ],
    "more-data": [
        Removed([0], [SET(0, '{ "train.clip.norm" = 1e3 }')]),
        Removed([1], [SET(1, '{ "data.validation" = 0.6, "train.clip.norm" = 1e3 }')]),
        Removed([2], [SET(2, '{ "train.clip.norm" = 1e3 }')]),
    ],
    "spam": [Removed([0, 1], ["data.samples=100"])],
    "online": [Removed([0, 2], [UNLEARNED]), Removed([1], ["data.turn=0"])],
    "backprop": [
        Removed([0], ["train.optimizer.learning_rate=1000"]),  # saturated: nothing but rounding
        Removed([1], [UNLEARNED]),
    ],
    "overfitting": [
        Removed([0, 1, 2], [*PLENTY, "network[1].units=8", "network[3].units=8", "train.epochs=9"]),
    ],
    "underfitting": [Removed([0, 1], ["network[1].units=64"])],
    "generalisation": [
        Removed([0], [SET(0, '{ "train.clip.norm" = 1e3 }')]),
        Removed([1], [SET(1, '{ "data.evaluation_shift" = 3, "train.clip.norm" = 1e3 }')]),
    ],
    "early-stopping": [
        Removed([0], ["train.early_stopping=none", "train.epochs=100"]),
        Removed([1], [UNLEARNED, "train.epochs=20"]),
        Removed([2], ["train.early_stopping.restore_best=false"]),
    ],
    "l2": [
        Removed([0, 1], [SET(0, '{ "train.l2" = 1e-9 }')]),
    ],
    "augmentation": [
        Removed([0], [SET(0, '{ "train.clip.norm" = 1e3 }')]),
        Removed([1], [SET(1, '{ "train.clip.norm" = 1e3 }')]),
    ],
    "dropout": [
        Removed([0, 1], [SET(0, '{ "train.clip.norm" = 1e3 }')]),
    ],
    "hidden-layer": [
        Removed([0], ["network[1].kind=relu", "network[0].units=1"]),
        Removed([1], [SET(0, '{ "train.clip.norm" = 1e3 }')]),
    ],
    "shallow-deep": [
        Removed([0], ["network[0].times=1"]),
        Removed([1], [SET(0, '{ "train.clip.norm" = 1e3 }')]),
        Removed([2], [SET(0, '{ "network[0].times" = 1 }')]),
    ],
    "activations": [
        Removed([0, 2], ["network[1].layers[1].kind=sigmoid"]),
        Removed([1, 3], [UNLEARNED]),
    ],
    "sentiment": [
        Removed([0], [UNLEARNED]),
        Removed([1], ["data.negated=0"]),
    ],
    "surnames": [
        Removed([0, 1], ['network[1]={kind="global_avg_pool"}']),
    ],
    "char-model": [Removed([0], ['network[1]={kind="dense",units=96}'])],
    "exploding-gradient": [
        Removed([0, 1], ["data.length=4"]),
        Removed([2], [SET(0, '{ "train.l2" = 1e-9 }')]),
    ],
    "vanishing-gradient": [Removed([0, 1], HE)],
    "memory": [Removed([0, 1, 4], ["data.shortest=none"]), Removed([2, 3], ["data.length=5"])],
    "forecast": [Removed([0, 1], [UNLEARNED, "data.values=1000"])],
    "music": [
        Removed([0], [UNLEARNED, "train.epochs=2"]),
        Removed([1], ["data.samples=20000", "train.epochs=1"]),
    ],
    "vanishing-cured": [
        Removed([0], ["network[1].layers[1].kind=leaky_relu", HE[1]]),
        Removed([1, 2], [SET(0, '{ "network[1].layers[0].initializer" = "he" }')]),
        Removed([3, 4], [SET(1, '{ "train.clip.norm" = 1e3 }')]),
        Removed([5, 6], [SET(2, '{ "train.clip.norm" = 1e3 }')]),
    ],
    "batch-norm": [
        Removed([0], [*HE, "train.optimizer.learning_rate=0.05"]),
        Removed([1, 2], [SET(0, '{ "train.clip.norm" = 1e3 }')]),
    ],
    "cross-entropy": [
        Removed([0], ["data.label_noise=0.25"]),
        Removed([1], ["data.label_noise=0.15"]),
        Removed([2, 4], [SET(0, '{ "data.label_noise" = 0.15 }'),
                         SET(1, '{ "data.label_noise" = 0.25 }')]),
        Removed([3], [SET(1, '{ "data.label_noise" = 0.35 }')]),
    ],
    "learning-rate": [
        Removed([0], [UNLEARNED]),
        Removed([1], [SET(0, '{ "train.optimizer.learning_rate" = 0.2 }')]),
        Removed([2], [SET(1, '{ "train.optimizer.learning_rate" = 0.2 }')]),
    ],
    "batch-size": [
        Removed([0], [SET(0, '{ "data.batch_size" = 33 }')]),
        Removed([1], [SET(1, '{ "data.batch_size" = 31 }')]),
    ],
    "ravine": [
        Removed([0], ["data.steepness=1", "train.optimizer.learning_rate=0.4"]),
        Removed([1], [SET(0, '{ "train.optimizer.momentum" = 1e-9 }')]),
        Removed([2], [SET(1, '{ "train.optimizer.momentum" = 1e-9 }')]),
        Removed([3], [SET(2, '{ "train.optimizer.momentum" = 1e-9 }')]),
        Removed([4], [SET(2, '{ "train.optimizer" = { kind = "adam", learning_rate = 0.3 } }')]),
    ],
    "local-minimum": [
        Removed([0], ["data.rare=0"]),
        Removed([1], [SET(0, '{ "train.optimizer.momentum" = 1e-9 }')]),
    ],
    "optimizers": [
        Removed([0], [SET(0, '{ "train.optimizer.momentum" = 1e-9 }')]),
        Removed([1], [SET(1, '{ "train.optimizer.momentum" = 1e-9 }')]),
        Removed([2, 3], [SET(2, '{ "train.optimizer.momentum" = 1e-9 }')]),
    ],
    "loss-functions": [
        Removed([0, 1], [GLOROT]),
        Removed([2], [GLOROT, "train.optimizer.learning_rate=0.1"]),
    ],
    "explore-exploit": [
        Removed([0, 2], [SET(1, '{ "train.clip.norm" = 1e3 }')]),
        Removed([1], [SET(1, '{ "data.batch_size" = 127 }')]),
    ],
    "moving-average": [
        Removed([0, 1], [SET(0, '{ "train.weight_average" = 0.01 }')]),
        Removed([2], [UNLEARNED]),
    ],
    "lr-decay": [
        Removed([place], [SET(place, '{ "train.clip.norm" = 1e3 }')]) for place in range(5)
    ],
    "iris": [Removed([0, 1], [UNLEARNED])],
    "wine": [Removed([0, 1], [UNLEARNED])],
    "diabetes": [
        Removed([0], [UNLEARNED]),
        Removed([1], [SET(0, '{ "train.l2" = 0.021 }')]),
    ],
    "clusters": [
        Removed([0], [UNLEARNED]),
        Removed([1, 2], [SET(0, '{ "train.clip.norm" = 1e3 }')]),
    ],
    "anomaly": [
        Removed([0, 1], [UNLEARNED]),
        Removed([2], [SET(0, '{ "train.clip.norm" = 1e3 }')]),
    ],
    "edge-detection": [
        Removed([0], [UNLEARNED]),
        Removed([1], ["data.resize=[8,8]", "data.batch_size=2"]),  # every pixel by itself: quick
        Removed([2], [SET(0, '{ "train.optimizer.learning_rate" = 1e-9 }')]),
    ],
    "padding-stride": [
        Removed([0], ["network[0].stride=3", "train.epochs=1"]),
        Removed([1, 4], ["network[0].stride=1", SET(0, '{ "network[0].stride" = 2 }'),
                         "train.epochs=1"]),
        Removed([2, 3], [SET(1, '{ "network[0].padding" = 0, "train.clip.norm" = 1e3 }'),
                         SET(2, '{ "train.clip.norm" = 1e2 }'), "train.epochs=1"]),
        Removed([5], ["network[0].stride=12"]),
    ],
    "pooling": [
        Removed([0, 1, 2], ["network[2].stride=1", "train.epochs=1"]),
        Removed([3, 4], ["network[2].size=14"]),
    ],
    "lenet5": [
        Removed([0, 1], ["network[0].filters=1", "network[3].filters=1", "network[7].units=2"]),
    ],
    "parameter-sharing": [
        Removed([0], ["network[3].filters=700", "train.epochs=1"]),
        Removed([1], [UNLEARNED]),
        Removed([2], [SET(2, '{ "train.clip.norm" = 1e3 }')]),
        Removed([3], ["network[3].filters=2"]),
    ],
    "convnet": [
        Removed([0, 2], ["data.augment=none", SET(1, '{ "train.clip.norm" = 1e3 }')]),
        Removed([1], [SET(0, '{ "train.clip.norm" = 1e3 }')]),
    ],
    "name-tagger": [
        Removed([0], ["data.samples=100", "train.epochs=2"]),
        Removed([1], [SET(0, '{ "train.clip.norm" = 1e3 }')]),
    ],
    "translate-dates": [Removed([0], ["data.samples=1000", "train.epochs=1"])],
    "cartpole": [Removed([0, 1], [UNLEARNED, "train.epochs=1"])],
    "acrobot": [Removed([0, 1], [UNLEARNED, "train.epochs=1"])],
}  # fmt: skip


def test_every_claim_has_its_cause() -> None:
    assert sorted(CAUSES) == sorted(name for name in presets.COURSE if read(name).claim)
    for name, removed in CAUSES.items():
        failing = sorted(place for each in removed for place in each.claims)
        assert failing == list(range(len(read(name).claim))), name


@pytest.mark.slow
@pytest.mark.timeout(1200)  # translate-dates takes half a minute of two idle processors
@pytest.mark.parametrize("name", CAUSES)
def test_every_claim_holds(trained: Trained, name: str) -> None:
    assert [says for says, holds in trained.held(name, []).items() if not holds] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "removed"), [(name, each) for name, them in CAUSES.items() for each in them]
)
def test_a_claim_fails_where_its_cause_is_removed(
    trained: Trained, name: str, removed: Removed
) -> None:
    found = trained.held(name, removed.overrides)
    claims = read(name).claim
    assert [found[claims[place].says] for place in removed.claims] == [False] * len(removed.claims)
