"""What a decoder's characters depend on: shares of gradients, and training is as without them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engine.test_observers import everything
from tui_dl.data.characters import decode
from tui_dl.drawing.arrays import array
from tui_dl.engine.observers import observe
from tui_dl.engine.observers.registry import observers
from tui_dl.engine.train.session import train
from tui_dl.process.read_experiment import read
from tui_dl.protocol.artifact import Artifact

SMALL = [
    "data.samples=600",
    "train.epochs=2",
    "network[1].units=20",
    "network[2].units=20",
]


def test_shares_are_of_the_characters_that_are_there() -> None:
    experiment = read("translate-dates", SMALL)
    found = [it for it in train(experiment, 2) if isinstance(it, Artifact)]
    artifact = [it for it in found if it.kind == "alignment"][-1]
    weight, lengths = array(artifact, "weight").astype(np.float64), array(artifact, "lengths")
    assert weight.max(axis=2) == pytest.approx(1)
    texts = decode(array(artifact, "input.tokens"), experiment.data.reads)
    for row, length, text in zip(weight, lengths, texts, strict=True):
        assert (row[:, :length] > 0).all()
        assert not row[:, length:].any()
        assert len(text.rstrip()) == length
    samples = [it for it in found if it.kind == "samples"][-1]
    for name in ("target", "answer"):  # of the same samples, by another pass
        np.testing.assert_array_equal(array(artifact, name), array(samples, name)[:2])


def test_training_is_the_same_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    experiment = read("translate-dates", SMALL)
    watched = everything(train(experiment, 2))
    others = {kind: it for kind, it in observers().items() if kind != "alignment"}
    monkeypatch.setattr(observe, "observers", lambda: others)
    alone = everything(train(experiment, 1))
    assert len(watched) == len(alone) > 5
    for ours, theirs in zip(watched, alone, strict=True):
        np.testing.assert_array_equal(ours, theirs)
