"""Padding changes nothing: a padded batch gives the results of its sequences alone."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.stacks import MIDDLE, Numbers, experiment, joined, variants
from tests.engine.test_stale import SOURCES, Machine, dataset, same
from tui_dl.data import Dataset, Samples
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.spec.data.base import DescribedData
from tui_dl.spec.data.dates import Dates
from tui_dl.spec.data.recall import Recall
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import Layer
from tui_dl.spec.layers.pooling import GlobalAvgPool
from tui_dl.spec.layers.products import Conv1d, Dense
from tui_dl.spec.layers.recurrent import Embedding, Gru, Lstm, Rnn
from tui_dl.spec.layers.shapes import Reshape
from tui_dl.spec.train.config import Train

TAGS = Dates(task="tag", samples=300, batch_size=33)
layers = st.sampled_from(MIDDLE).flatmap(lambda name: st.sampled_from(variants(name)))


OF_TIME: list[Layer] = [
    Conv1d(4, 3),
    Conv1d(5, 2, padding=1),
    Conv1d(4, 3, padding="same"),
    Conv1d(3, 4, padding="same"),
    Conv1d(6, 3, stride=2, padding=2),
    Dense(5),
    Rnn(5, output_="sequence", bidirectional=True),
    Lstm(4, output_="sequence"),
    Gru(6, output_="sequence", bidirectional=True),
    *(variants(name)[0] for name in ("relu", "gelu", "sigmoid", "tanh", "layer_norm", "softmax")),
]
KEEP_TIME = [it for it in OF_TIME if not isinstance(it, Conv1d) or it.padding == "same"]
TO_ONE: list[Layer] = [GlobalAvgPool(), Rnn(5), Gru(5, bidirectional=True)]
LENGTH = 12


def junk(samples: Samples, source: DescribedData, seed: int) -> Samples:
    """The same samples with something else behind every end."""
    random = np.random.default_rng(seed)
    assert samples.lengths is not None
    steps = source.input.steps
    past = np.arange(steps) >= samples.lengths[:, None]
    past = np.repeat(past, samples.inputs.shape[1] // steps, axis=1)
    if source.input.vocab_size:
        other: Any = random.integers(source.input.vocab_size, size=past.shape, dtype=np.int32)
    else:
        other = 1e30 * random.standard_normal(past.shape, np.float32)
    return replace(samples, inputs=np.where(past, other, samples.inputs))


def learned(what: Experiment, samples: Dataset) -> dict[str, Any]:
    """What three steps and an evaluation make of `samples`, bit by bit."""
    with ThreadPool(1) as pool:
        machine = Machine(what, samples, pool)
        losses = [machine.step(33, at).loss for at in (0, 33, 66)]
        parameters = machine.trainer.parameters
        found = machine.kept() | {"losses": np.array(losses)}
        for name, gradient in parameters.tensors(parameters.gradients).items():
            found[f"gradient of {name}"] = gradient.copy()
        _, found["predictions"], _ = machine.trainer.stepper.outputs(samples.train)
        return found


def compare_with_junk(what: Experiment, seed: int) -> None:
    assert isinstance(what.data, DescribedData)
    samples = dataset(what.data)
    other = replace(samples, train=junk(samples.train, what.data, seed))
    same(learned(what, other), learned(what, samples), str(what.network))


@settings(max_examples=25)
@given(st.sampled_from(SOURCES), st.lists(layers, max_size=4), st.integers(0, 99))
def test_what_stands_behind_an_end_changes_nothing(
    source: DescribedData, stack: list[Layer], seed: int
) -> None:
    compare_with_junk(experiment(source, stack), seed)


@settings(max_examples=8)
@given(st.lists(st.sampled_from(KEEP_TIME), max_size=4), st.integers(0, 99))
def test_nor_where_something_is_wanted_of_every_step(stack: list[Layer], seed: int) -> None:
    compare_with_junk(experiment(TAGS, stack), seed)


@pytest.mark.parametrize("name", MIDDLE)
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: type(source).__name__)
def test_every_layer_first(source: DescribedData, name: str) -> None:
    for layer in variants(name):
        compare_with_junk(experiment(source, [layer]), 0)


def gradient(rows: list[Any], samples: Samples, length: int) -> tuple[float, Any]:
    """Loss and gradient of all `samples` at once, in a network of so many time steps."""
    kind = Numbers if samples.inputs.dtype == np.float32 else Recall
    source = kind(vocab_size=6, length=length, samples=300, batch_size=len(samples))
    what = Experiment("a stack", source, rows, train=Train())
    with ThreadPool(1) as pool:
        machine = Machine(what, Dataset(samples, samples, samples), pool)
        loss = machine.step(len(samples)).loss
        return loss, machine.trainer.parameters.gradients.copy()


def compare_with_those_alone(
    source: DescribedData, stack: list[Layer], least: int, seed: int
) -> None:
    embedding = [Embedding(5)] if source.input.vocab_size else []
    rows, made = joined([*embedding, *stack, Dense(6)], source.input, source.target)
    assert made.shape == (6,)
    every = junk(dataset(source, seed).train, source, seed)
    assert every.lengths is not None
    some = every.take(np.flatnonzero(every.lengths >= least)[:7])
    assert some.lengths is not None
    loss, together = gradient(rows, some, LENGTH)
    each = some.inputs.shape[1] // LENGTH
    alone = []
    for index, length in enumerate(some.lengths.tolist()):
        own = np.ascontiguousarray(some.inputs[index : index + 1, : length * each])
        alone.append(gradient(rows, Samples(own, some.targets[index : index + 1]), length))
    assert loss == pytest.approx(np.mean([one for one, _ in alone]), abs=2e-6)
    mean = np.mean([one for _, one in alone], axis=0)
    np.testing.assert_allclose(together, mean, atol=2e-6 * max(1, np.abs(mean).max()))


@settings(max_examples=15)
@given(
    st.sampled_from([SOURCES[0], SOURCES[2]]),
    st.lists(st.sampled_from(OF_TIME), max_size=3),
    st.sampled_from(TO_ONE),
    st.integers(0, 99),
)
def test_a_padded_batch_equals_its_sequences_alone(
    source: DescribedData, stack: list[Layer], end: Layer, seed: int
) -> None:
    compare_with_those_alone(source, [*stack, end], 7, seed)


def test_a_reshape_of_time_keeps_the_length() -> None:
    """Twice as many steps of half as many numbers, and the other way round."""
    source = dataset(SOURCES[2]).train
    assert source.lengths is not None
    some = source.take(np.flatnonzero(source.lengths == 8)[:3])
    full = replace(some, inputs=np.ascontiguousarray(some.inputs[:, :40]), lengths=None)
    for features in (1, 20):
        padded = gradient([Reshape((60 // features, features)), Gru(4), Dense(6)], some, LENGTH)
        alone = gradient([Reshape((40 // features, features)), Gru(4), Dense(6)], full, 8)
        assert padded[0] == pytest.approx(alone[0], abs=1e-6)
        np.testing.assert_allclose(padded[1], alone[1], atol=1e-6)


def test_a_sequence_shorter_than_the_kernel_is_completed_by_zeros() -> None:
    random = np.random.default_rng(0)
    rows: list[Any] = [Conv1d(4, 5), Gru(4), Dense(6)]
    labels = random.integers(6, size=3, dtype=np.int32)
    inputs = random.standard_normal((3, 25)).astype(np.float32)
    inputs[:, 10:] = 0  # two steps of five numbers, three of zeros
    whole = gradient(rows, Samples(inputs, labels), 5)
    wide = np.full((3, 60), 7, np.float32)
    wide[:, :10] = inputs[:, :10]
    padded = gradient(rows, Samples(wide, labels, np.full(3, 2, np.int32)), LENGTH)
    assert padded[0] == pytest.approx(whole[0], abs=1e-6)
    np.testing.assert_allclose(padded[1], whole[1], atol=1e-6)
