"""The score after a word is what the network gives the text that ends there."""

from __future__ import annotations

import numpy as np
import pytest

from tui_dl import data
from tui_dl.drawing.arrays import array
from tui_dl.engine.inference.model import Model
from tui_dl.engine.metrics.predictions import softmax
from tui_dl.engine.train.session import train
from tui_dl.engine.train.state import Checkpoint
from tui_dl.process.read_experiment import read
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.rng import stream


@pytest.mark.parametrize(
    ("name", "overrides"),
    [
        ("sentiment", ["data.samples=200", "train.epochs=2"]),
        ("surnames", ["data.samples=200", "train.epochs=2"]),
    ],
)
def test_a_text_is_read_up_to_each_word_by_hand(name: str, overrides: list[str]) -> None:
    experiment = read(name, overrides)
    if experiment.data.is_missing:
        pytest.skip("its names are not installed")
    outputs = list(train(experiment, 1))
    final = [it for it in outputs if isinstance(it, Artifact) and it.kind == "running_score"][-1]
    kept = [it for it in outputs if isinstance(it, Checkpoint) and it.name == "last"]
    weights = kept[-1].tensors
    model = Model(experiment, weights)
    dataset = data.load(experiment.data, 0)
    order = stream(0, "observed").permutation(len(dataset.test))
    scores, answer = array(final, "score"), array(final, "answer")
    names, words = experiment.data_spec.token_names, final.labels["words"]
    for row, index in enumerate(order[: len(scores)]):
        sample = dataset.test.take(np.array([index]))
        assert sample.lengths is not None
        length = int(sample.lengths[0])
        of = 1 if len(experiment.data_spec.class_names) == 2 else answer[row, 0]
        for at in range(length):
            z = model.predict(sample.inputs, [at + 1]).astype(np.float64)
            assert scores[row, at] == pytest.approx(softmax(z)[0, of], abs=1e-5)
            assert words[row * scores.shape[1] + at] == names[sample.inputs[0, at]]
        assert np.isnan(scores[row, length:]).all()
