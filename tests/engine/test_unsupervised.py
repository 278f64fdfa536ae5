"""What pictures of autoencoders say is what the network computes, judged by labels alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_dl import data
from tui_dl.drawing.arrays import array
from tui_dl.engine.inference.model import Model
from tui_dl.engine.metrics.reconstruction import scores
from tui_dl.engine.observers.code_space import alike, by_chance
from tui_dl.engine.train.session import train
from tui_dl.engine.train.state import Checkpoint
from tui_dl.process.read_experiment import read
from tui_dl.protocol.artifact import Artifact
from tui_dl.spec.experiment import Experiment


def test_neighbours_by_hand() -> None:
    points = np.array([[0, 0], [0, 1], [5, 5], [5, 6], [9, 9]], np.float32)
    assert alike(points, np.array([0, 0, 1, 1, 1])) == 1
    assert alike(points, np.array([0, 1, 1, 1, 0])) == pytest.approx(0.4)
    assert by_chance(np.array([0, 0, 1, 1])) == pytest.approx(1 / 3)
    assert by_chance(np.array([0, 1, 2])) == 0


def trained(experiment: Experiment) -> tuple[dict[str, Artifact], Model]:
    """The pictures of the final weights, and a model of them."""
    outputs = list(train(experiment, 1))
    finals = {it.kind: it for it in outputs if isinstance(it, Artifact) and it.is_final}
    last = [it for it in outputs if isinstance(it, Checkpoint) and it.name == "last"][-1]
    own = {k: it for k, it in last.tensors.items() if not k.startswith(("best.", "optimizer."))}
    return finals, Model(experiment, own)


@pytest.mark.parametrize("loss", ["mean_squared_error", "huber"])
def test_errors_and_threshold_are_those_of_the_network(loss: str) -> None:
    experiment = read("anomaly", ["train.epochs=2", "data.samples=600", f"train.loss={loss}"])
    finals, model = trained(experiment)
    dataset, seen = data.load(experiment.data, experiment.train.seed), finals["error_histogram"]

    def errors(samples: Any) -> Any:
        return scores(model.predict(samples.inputs), samples.inputs)

    test, labels = errors(dataset.test), dataset.test.targets
    np.testing.assert_allclose(array(seen, "errors"), test, rtol=1e-5)
    limit = array(seen, "threshold")[0]
    above = [(test[labels == it] > limit).mean() for it in (0, 1)]
    assert (errors(dataset.validation) > limit * (1 + 1e-5)).mean() <= 0.01
    assert array(seen, "false_alarms")[0] == pytest.approx(above[0], abs=0.01)
    assert array(seen, "detected")[0] == pytest.approx(above[1], abs=0.01)
    pairs = test[labels == 1][:, None] > test[labels == 0]
    assert array(seen, "error_auc")[0] == pytest.approx(pairs.mean(), abs=1e-3)


def test_labels_change_nothing_but_the_judgement() -> None:
    """Nothing that is trained on has a fault: with more of them in the test part it is the same."""
    few, many = (
        trained(read("anomaly", ["train.epochs=1", "data.samples=600", f"data.faults={share}"]))
        for share in (0.1, 0.5)
    )
    x = np.ones((1, 64), np.float32)
    np.testing.assert_array_equal(few[1].predict(x), many[1].predict(x))
    assert array(few[0]["error_histogram"], "threshold") == array(
        many[0]["error_histogram"], "threshold"
    )


def test_reconstructions_are_in_the_range_of_their_inputs() -> None:
    finals, _ = trained(read("clusters", ["train.epochs=1"]))
    seen = finals["reconstructions"]
    np.testing.assert_array_equal(array(seen, "output.range"), array(seen, "input.range"))
    assert array(seen, "input.pictures").shape == array(seen, "output.pictures").shape
    assert (array(seen, "error") > 0).all()
