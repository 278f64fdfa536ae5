"""Gradients by inputs: equal to differences of outputs, in evaluation, and nothing changes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tui_dl import data
from tui_dl.data import Samples
from tui_dl.engine.observers.input_gradient import InputGradient
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.train.assemble import assemble
from tui_dl.spec.toml.reading import parse

STEP = 1e-2
IMAGES = """
title = "images"
data = { source = "digits" }
network = [
    { kind = "conv2d", filters = 3, kernel = 3, padding = "same" },
    { kind = "batch_norm" },
    { kind = "tanh" },
    { kind = "residual", layers = [
        { kind = "conv2d", filters = 3, kernel = 3, padding = "same" },
    ] },
    { kind = "flatten" },
    { kind = "dropout", rate = 0.5 },
    { kind = "dense", units = 10 },
]
"""
POINTS = """
title = "points"
data = { source = "moons" }
network = [
    { kind = "flatten" }, { kind = "dense", units = 4 }, { kind = "tanh" },
    { kind = "dense", units = 2 },
]
"""
DATES = """
title = "dates"
data = { source = "dates", samples = 300 }
network = [
    { kind = "embedding", size = 5 }, { kind = "gru", units = 7 },
    { kind = "decoder", units = 7, size = 3 }, { kind = "dense", units = 12 },
]
"""


def first(array: Any) -> Any:
    """A weight of 1 for one output of each sample, at the second place of a sequence."""
    weights = np.zeros_like(array)
    weights.reshape(len(array), -1)[:, array.shape[-1] + 1 if array.ndim > 2 else 1] = 1
    return weights


@pytest.mark.parametrize("text", [IMAGES, POINTS])
def test_gradients_by_numbers_are_differences_of_outputs(text: str) -> None:
    experiment = parse(text, "it")
    dataset = data.load(experiment.data, 0)
    with ThreadPool(1) as pool:
        trainer = assemble(experiment, dataset, pool)
        trainer.stepper.pack()
        still = np.zeros((len(dataset.train), 3), np.int64)
        trainer.stepper.step(dataset.train, np.arange(64), still)
        some = dataset.test.take(np.arange(20))
        gradient = InputGradient(experiment, trainer.parameters, trainer.stepper.network, 20)
        before = trainer.parameters.values.copy(), trainer.parameters.gradients.copy()
        outputs, found = gradient.of(some, first)
        np.testing.assert_allclose(outputs, trainer.stepper.outputs(some)[1], rtol=1e-6)
        flat = found.reshape(20, -1)
        for place in range(0, flat.shape[1], 7):
            higher, lower = (
                first_of(gradient, moved(some, place, step))[:, 1] for step in (STEP, -STEP)
            )
            wanted = (higher.astype(np.float64) - lower) / (2 * STEP)
            np.testing.assert_allclose(flat[:, place], wanted, atol=1e-3)
        np.testing.assert_array_equal(before[0], trainer.parameters.values)
        np.testing.assert_array_equal(before[1], trainer.parameters.gradients)


def first_of(gradient: InputGradient, samples: Samples) -> Any:
    return gradient.of(samples, np.zeros_like)[0]


def moved(samples: Samples, place: int, step: float) -> Samples:
    inputs = samples.inputs.copy()
    inputs[:, place] += step
    return Samples(inputs, samples.targets)


def test_gradients_by_vectors_of_tokens_add_up_to_those_of_the_embedding() -> None:
    experiment = parse(DATES, "it")
    dataset = data.load(experiment.data, 0)
    with ThreadPool(1) as pool:
        trainer = assemble(experiment, dataset, pool)
        trainer.stepper.pack()
        some = dataset.test.take(np.arange(3))
        assert some.lengths is not None
        gradient = InputGradient(experiment, trainer.parameters, trainer.stepper.network, 3)
        outputs, found = gradient.of(some, first)
        assert found.shape == (3, 33, 5)
        assert np.abs(found).max() > 1e-3
        np.testing.assert_allclose(outputs, trainer.stepper.outputs(some)[1], rtol=1e-6)
        table = trainer.parameters.of("embedding_1", trainer.parameters.values)["weight"]
        for sample in range(3):
            length = int(some.lengths[sample])
            assert not found[sample, length:].any()
            for token in set(some.inputs[sample, :length].tolist()):
                own = found[sample, :length][some.inputs[sample, :length] == token].sum(axis=0)
                for number in range(5):
                    both = []
                    for step in (STEP, -STEP):
                        table[token, number] += step
                        both.append(float(first_of(gradient, some)[sample, 1, 1]))
                        table[token, number] -= step
                    assert own[number] == pytest.approx((both[0] - both[1]) / (2 * STEP), abs=2e-4)
