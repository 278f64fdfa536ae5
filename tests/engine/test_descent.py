"""The path on the loss: every epoch's weights, also after a run was interrupted."""

from __future__ import annotations

import numpy as np

from tui_dl import data
from tui_dl.drawing.arrays import array
from tui_dl.engine.train.session import train
from tui_dl.engine.train.state import Checkpoint
from tui_dl.process.read_experiment import read
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.commands import Save


def paths(outputs: list[object]) -> list[np.ndarray]:
    return [array(h, "path") for h in outputs if isinstance(h, Artifact) and h.kind == "descent"]


def test_the_path_is_that_of_gradient_descent() -> None:
    experiment = read("ravine", ["train.epochs=6"])
    final = [h for h in train(experiment, 1) if isinstance(h, Artifact) and h.kind == "descent"][-1]
    samples = data.load(experiment.data, 0).train
    x, t = samples.inputs.astype(np.float64), samples.targets[:, 0].astype(np.float64)
    expected = [np.zeros(2)]
    for _ in range(6):
        w = expected[-1]
        expected.append(w - 0.8 * 2 * x.T @ (x @ w - t) / len(x))
    np.testing.assert_allclose(array(final, "path"), expected, atol=1e-4)
    least, most, bottom, top = array(final, "range").tolist()
    surface = array(final, "surface")
    corner = np.mean((x @ [least, top] - t) ** 2)
    np.testing.assert_allclose(surface[-1, 0], corner, rtol=1e-4)
    np.testing.assert_allclose(array(final, "minimum"), 3, atol=0.2)
    assert most > 3 > bottom


def test_the_path_goes_on_after_an_interruption() -> None:
    experiment = read("ravine", ["train.epochs=6"])
    whole = paths(list(train(experiment, 1)))[-1]
    outputs = list(train(experiment, 1, commands=lambda: (Save(),)))
    early = next(h for h in outputs if isinstance(h, Checkpoint) and 0 < h.epoch < 6 and h.position)
    resumed = paths(list(train(experiment, 1, checkpoint=early)))[-1]
    np.testing.assert_array_equal(resumed, whole)
    assert len(whole) == 7


def test_the_map_is_that_of_the_layers() -> None:
    experiment = read("local-minimum", ["train.epochs=1"])
    final = [h for h in train(experiment, 1) if isinstance(h, Artifact) and h.kind == "descent"][-1]
    samples = data.load(experiment.data, 0).train
    x, t = samples.inputs.astype(np.float64), samples.targets[:, 0].astype(np.float64)
    least, _, _, top = array(final, "range").tolist()
    surface = array(final, "surface")
    np.testing.assert_allclose(
        surface[-1, 0], np.mean((np.tanh(x @ [least, top]) - t) ** 2), rtol=1e-4
    )
    first, second = array(final, "minimum").tolist()
    assert first > 3
    assert 0 < second < 2
