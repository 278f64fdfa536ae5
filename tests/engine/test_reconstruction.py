"""Reconstruction errors are those of the samples, whatever their shape."""

from __future__ import annotations

import numpy as np
import pytest

from tui_dl.engine.metrics.reconstruction import reconstructions, scores, threshold
from tui_dl.spec.toml.reading import read

AUTOENCODER = ("train.target=input", "network[3].units=64")


def test_the_score_is_the_mean_squared_error_of_a_sample() -> None:
    inputs = np.array([[0, 1, 2, 3], [1, 1, 1, 1]], np.float32)
    outputs = inputs.reshape(2, 1, 2, 2) + np.array([1, 0])[:, None, None, None]
    outputs[1, 0, 0, 0] += 2
    assert scores(outputs, inputs).tolist() == [1, 1]
    assert scores(inputs, inputs).tolist() == [0, 0]


def test_of_logits_the_sigmoid_is_the_reconstruction() -> None:
    logits = np.array([[0, 100, -1000]], np.float32)
    binary = read("first-network", [*AUTOENCODER, "train.loss=binary_cross_entropy"])
    squared = read("first-network", [*AUTOENCODER, "train.loss=mean_squared_error"])
    assert reconstructions(binary, logits).tolist() == [[0.5, pytest.approx(1), 0]]
    assert reconstructions(squared, logits) is logits


def test_one_in_a_hundred_is_above_the_threshold() -> None:
    errors = np.random.default_rng(0).permutation(1000).astype(np.float64)
    assert (errors > threshold(errors)).sum() == pytest.approx(10, abs=1)
    assert threshold(np.array([2.0])) == 2
