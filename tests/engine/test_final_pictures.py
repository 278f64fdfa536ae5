"""Pictures of the final weights: they agree with the test figures, whichever weights these are."""

from typing import Any

import numpy as np
import pytest

from tests.figures import number
from tui_dl.drawing.arrays import array
from tui_dl.engine.train.session import train
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.commands import Stop
from tui_dl.protocol.events import EarlyStopped, Ended, EpochEnded
from tui_dl.spec.toml.reading import read

EARLY = "early-stopping", ("train.early_stopping.patience=4", "train.seed=1")


def of(outputs: list[Any], kind: str) -> tuple[Artifact, Artifact]:
    """The last artifact of a kind at the end of an epoch, and the one of the final weights."""
    found = [it for it in outputs if isinstance(it, Artifact) and it.kind == kind]
    assert [it.is_final for it in found] == [False] * (len(found) - 1) + [True]
    return found[-2], found[-1]


def accuracy(it: Artifact) -> float:
    matrix = array(it, "matrix")
    return float(np.trace(matrix) / matrix.sum())


def one(outputs: list[Any], event: type[Any]) -> Any:
    (found,) = (it for it in outputs if isinstance(it, event))
    return found


def test_restored_weights_are_those_of_the_final_pictures() -> None:
    outputs = list(train(read(EARLY[0], list(EARLY[1])), 2))
    stopped, ended = one(outputs, EarlyStopped), one(outputs, Ended)
    assert stopped.restored
    assert stopped.best_epoch < stopped.epoch
    last, final = of(outputs, "confusion")
    assert (last.epoch, final.epoch) == (stopped.epoch, stopped.best_epoch)
    assert last.step == final.step == max(it.step for it in outputs if isinstance(it, EpochEnded))
    assert (last.labels["split"], final.labels["split"]) == (["validation"], ["test"])
    assert accuracy(final) == pytest.approx(number(ended.test_accuracy))
    before, weights = of(outputs, "histograms")
    assert before.arrays["weights"] != weights.arrays["weights"]


def test_they_are_of_the_last_weights_where_none_are_restored() -> None:
    outputs = list(train(read("lenet5", ["train.epochs=2", "train.early_stopping=none"]), 1))
    (last, final), ended = of(outputs, "filters"), one(outputs, Ended)
    assert last.epoch == final.epoch == 2
    assert last.arrays == final.arrays
    assert accuracy(of(outputs, "confusion")[1]) == pytest.approx(number(ended.test_accuracy))


@pytest.mark.usefixtures("one_by_one")
def test_a_run_that_is_stopped_in_an_epoch_has_its_final_pictures() -> None:
    experiment = read("first-network", ["train.epochs=5"])
    steps = iter(range(1, 1_000))
    stop_after = 50
    outputs = list(train(experiment, 1, lambda: [Stop()] if next(steps) == stop_after else []))
    ended = one(outputs, Ended)
    assert ended.stop_reason == "stopped"
    last, final = of(outputs, "confusion")
    assert (last.epoch, final.epoch) == (1, 2)
    assert (last.step, final.step) == (40, stop_after)
    assert accuracy(final) == pytest.approx(number(ended.test_accuracy))


def test_the_worst_mistakes_are_of_the_test_samples() -> None:
    experiment = read("first-network", ["train.epochs=2"])
    outputs = list(train(experiment, 2))
    _, final = of(outputs, "mistakes")
    assert final.labels["split"] == ["test"]
    target, answer = array(final, "target"), array(final, "answer")
    assert (target != answer).all()
    _, samples = of(outputs, "samples")
    shared = set(array(final, "index").tolist()) & set(array(samples, "index").tolist())
    for index in shared:  # a test sample that is in both has one target
        rows = [
            array(it, "target")[array(it, "index").tolist().index(index)] for it in (final, samples)
        ]
        np.testing.assert_array_equal(*rows)
