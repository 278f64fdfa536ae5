"""The picture of backpropagation: its gradients are those of the formulas, by hand."""

from __future__ import annotations

import numpy as np

from tui_dl import data
from tui_dl.drawing.arrays import array
from tui_dl.engine.train.session import train
from tui_dl.process.read_experiment import read
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.events import EpochEnded


def seen(*changes: str) -> list[Artifact]:
    found = train(read("backprop", [*changes]), 1)
    return [it for it in found if isinstance(it, Artifact) and it.kind == "backprop"]


def test_gradients_are_those_of_the_chain_rule() -> None:
    artifact = seen("train.epochs=3")[1]
    points = data.load(read("backprop").data, 0).train
    w1, b1, w2, b2 = np.split(array(artifact, "weight").astype(np.float64), [4, 6, 8])
    h = np.tanh(points.inputs @ w1.reshape(2, 2).T + b1)
    z = h @ w2 + b2
    dz = (1 / (1 + np.exp(-z)) - points.targets) / 2  # of the mean over both points
    dh = dz[:, None] * w2
    da = dh * (1 - h**2)
    parts = [da.T @ points.inputs, da.sum(axis=0), dz @ h, dz.sum(keepdims=True)]
    expected = np.concatenate([it.ravel() for it in parts])
    for name in ("gradient", "gradient.differences"):
        np.testing.assert_allclose(array(artifact, name), expected, atol=1e-6)
    by_outputs = np.concatenate([da, dh, dz[:, None]], axis=1)
    for name in ("backward", "backward.differences"):
        np.testing.assert_allclose(array(artifact, name), by_outputs, atol=1e-6)
    np.testing.assert_allclose(array(artifact, "forward")[:, 2:4], h, atol=1e-6)
    assert artifact.labels["units"][2:] == ["tanh_1 1", "tanh_1 2", "dense_2 1"]
    assert artifact.labels["weights"][1] == "dense_1.weight 1,2"


def test_other_losses_and_layers_agree_with_differences() -> None:
    for change in (
        ("network[2].units=2", "train.loss=cross_entropy"),
        ("network[2].units=2", "train.loss=mean_squared_error"),
        ("network[1].kind=relu", 'train.loss={kind="binary_cross_entropy"}'),
    ):
        for artifact in seen("train.epochs=2", *change):
            assert array(artifact, "gradient_error")[0] < 1e-4, change


def test_other_pictures_keep_the_gradients_of_the_last_step() -> None:
    """The histograms of gradients are those of a run that is not looked at by this observer."""
    changes = ["train.epochs=1", "train.optimizer.learning_rate=10"]
    outputs = list(train(read("backprop", changes), 1))
    (histograms, *_) = (
        it for it in outputs if isinstance(it, Artifact) and it.kind == "histograms"
    )
    (mine, *_) = (it for it in outputs if isinstance(it, Artifact) and it.kind == "backprop")
    (ended,) = (it for it in outputs if isinstance(it, EpochEnded))
    assert ended.step == 1
    first = np.abs(array(histograms, "gradients.range")).max()
    assert not np.isclose(first, np.abs(array(mine, "gradient")).max(), rtol=0.05)
