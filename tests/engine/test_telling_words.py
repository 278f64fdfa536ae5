"""The weight of a word: the log-odds of the answer with it, less those without it."""

from __future__ import annotations

import numpy as np

from tui_dl import data
from tui_dl.drawing.arrays import array
from tui_dl.engine.train.session import train
from tui_dl.engine.train.state import Checkpoint
from tui_dl.process.read_experiment import read
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.rng import stream


def test_a_word_is_left_out_by_hand() -> None:
    """The outputs of this network are a linear function of the mean of its words' vectors."""
    experiment = read("spam", ["data.samples=300", "train.epochs=2"])
    outputs = list(train(experiment, 1))
    final = [h for h in outputs if isinstance(h, Artifact) and h.kind == "telling_words"][-1]
    weights = [h for h in outputs if isinstance(h, Checkpoint)][-1].tensors
    vectors, matrix, bias = (
        next(it for name, it in weights.items() if name.endswith(end)).astype(np.float64)
        for end in ("embedding_1.weight", "dense_1.weight", "dense_1.bias")
    )
    dataset = data.load(experiment.data, 0)
    order = stream(0, "observed").permutation(len(dataset.test))
    found = array(final, "weight")
    for row, index in enumerate(order[: len(found)]):
        sample = dataset.test.take(np.array([index]))
        assert sample.lengths is not None
        ids = sample.inputs[0, : sample.lengths[0]]

        def margin(tokens: np.ndarray) -> float:
            z = matrix @ vectors[tokens].mean(axis=0) + bias
            return float(z[1] - z[0])

        sign = 1 if margin(ids) > 0 else -1
        expected = [sign * (margin(ids) - margin(np.delete(ids, at))) for at in range(len(ids))]
        np.testing.assert_allclose(found[row, : len(ids)], expected, atol=1e-4)
        assert np.isnan(found[row, len(ids) :]).all()
