"""Decoding with a trained network: greedy, with temperature and with beam search."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tui_dl
from tui_dl import data
from tui_dl.data import Samples
from tui_dl.data.characters import decode, encode
from tui_dl.engine.generation.decode import beam_search, sample
from tui_dl.engine.graph.compile import compile_kernels
from tui_dl.engine.inference.model import Model
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.train.assemble import assemble
from tui_dl.engine.train.trainer import Trainer
from tui_dl.protocol.events import Ended
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse, read

END = 11
NETWORK = """
title = "a small translator"
data = { source = "dates", samples = 600 }
network = [
    { kind = "embedding", size = 8 },
    { kind = "gru", units = 24 },
    { kind = "decoder", units = 24, size = 8, cell = "CELL" },
    { kind = "dense", units = 12 },
]
train = { epochs = 8, optimizer = { kind = "adam", learning_rate = 0.01 } }
"""


def small(cell: str = "gru", *overrides: str) -> Experiment:
    return parse(NETWORK.replace("CELL", cell), "small", list(overrides))


@pytest.fixture(scope="module")
def trainer() -> Iterator[Trainer]:
    yield from trained(small())


def trained(experiment: Experiment) -> Iterator[Trainer]:
    with ThreadPool(2) as pool:
        trainer = assemble(experiment, data.load(experiment.data, 0), pool)
        for _ in compile_kernels(trainer.kernels()):
            pass
        trainer.stepper.pack()
        for _ in trainer.train():
            pass
        yield trainer


def log_probability(trainer: Trainer, samples: Samples, written: Any) -> Any:
    """Of whole sequences, by teacher forcing."""
    input = Samples(samples.inputs, np.ascontiguousarray(written), samples.lengths)
    _, z, _ = trainer.stepper.outputs(input)
    z = z.astype(np.float64)
    log_p = z - np.log(np.exp(z).sum(axis=2, keepdims=True))
    own = np.take_along_axis(log_p, np.maximum(written, 0)[:, :, None], axis=2)[:, :, 0]
    return np.where(written >= 0, own, 0).sum(axis=1)


def test_a_temperature_of_nearly_0_is_greedy_and_so_is_a_beam_of_1(trainer: Trainer) -> None:
    stepper, samples = trainer.stepper, trainer.dataset.test
    greedy, result = sample(stepper, samples, END)
    for written, again in (
        sample(stepper, samples, END, temperature=1e-9, seed=4),
        beam_search(stepper, samples, END, width=1),
    ):
        np.testing.assert_array_equal(written, greedy)
        np.testing.assert_array_equal(again, result)
    np.testing.assert_allclose(result, log_probability(trainer, samples, greedy), rtol=1e-5)


@pytest.mark.slow
def test_exact_match_is_the_share_that_greedy_decoding_writes() -> None:
    easy = 'train.metrics=["exact_match"]', "train.epochs=25", "data.samples=3000"
    for trainer in trained(small("lstm", *easy)):
        samples = trainer.dataset.validation
        written, _ = sample(trainer.stepper, samples, END)
        share = (written == samples.targets).all(axis=1).mean()
        assert 0 < share < 1
        assert trainer.evaluate(samples)[1] == {"exact_match": share}


def test_beams_find_likelier_sequences(trainer: Trainer) -> None:
    stepper, samples = trainer.stepper, trainer.dataset.test
    _, greedy = sample(stepper, samples, END)
    before = greedy
    for width in (3, 10):
        written, result = beam_search(stepper, samples, END, width)
        np.testing.assert_allclose(result, log_probability(trainer, samples, written), rtol=1e-5)
        assert result.sum() > before.sum()
        assert (result > greedy + 1e-3).mean() > 0.3
        assert (result >= greedy - 1e-9).mean() > 0.97  # no more is promised: beams may lose a way
        before = result


def test_a_beam_that_keeps_all_finds_the_likeliest_of_all(trainer: Trainer) -> None:
    """Over three symbols, of which one is said to end a sequence."""
    end, times, few = 2, 3, trainer.dataset.test.take(np.arange(5))

    class Short:
        """The first times and symbols of what the network says."""

        def outputs(self, samples: Samples) -> Any:
            whole = np.zeros((len(samples), 11), np.int32)
            whole[:, :times] = samples.targets
            input = Samples(samples.inputs, whole, samples.lengths)
            result, outputs, targets = trainer.stepper.outputs(input)
            return result, np.ascontiguousarray(outputs[:, :times, :3]), targets

    short: Any = Short()
    input = Samples(few.inputs, np.zeros((5, times), np.int32), few.lengths)
    written, result = beam_search(short, input, end, width=27)
    best = np.full(5, -np.inf)
    for vocab_size in product(range(3), repeat=times):
        row = np.array(vocab_size, np.int32)
        _, z, _ = short.outputs(Samples(few.inputs, np.tile(row, (5, 1)), few.lengths))
        log_p = z - np.log(np.exp(z.astype(np.float64)).sum(axis=2, keepdims=True))
        length = vocab_size.index(end) + 1 if end in vocab_size else times
        best = np.maximum(best, log_p[:, np.arange(length), row[:length]].sum(axis=1))
    np.testing.assert_allclose(result, best, rtol=1e-6)
    for row in written:
        ends = np.flatnonzero(row == end)
        assert (row[ends[0] + 1 :] == -1).all() if len(ends) else (row >= 0).all()


@pytest.mark.slow
def test_draws_are_of_the_softmax_and_repeatable(trainer: Trainer) -> None:
    one = trainer.dataset.test.take(np.zeros(4000, np.intp))
    for temperature in (0.5, 1.0, 2.0):
        written, _ = sample(trainer.stepper, one, END, temperature, seed=1)
        again, _ = sample(trainer.stepper, one, END, temperature, seed=1)
        other, _ = sample(trainer.stepper, one, END, temperature, seed=2)
        np.testing.assert_array_equal(written, again)
        assert (written != other).any()
        _, outputs, _ = trainer.stepper.outputs(one.take(np.arange(1)))
        for t, known in ((0, np.ones(4000, bool)), (1, written[:, 0] == one.targets[0, 0])):
            chances = np.exp(outputs[0, t].astype(np.float64) / temperature)
            chances /= chances.sum()
            shares = np.bincount(written[known, t] % 12, minlength=12) / known.sum()
            np.testing.assert_allclose(shares, chances, atol=4 / np.sqrt(known.sum()))


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_no_bit_depends_on_the_number_of_threads(cell: str) -> None:
    experiment = small(cell, "train.epochs=2", "data.batch_size=50")
    weights = []
    for threads in (1, 2, 3):
        with ThreadPool(threads) as pool:
            trainer = assemble(experiment, data.load(experiment.data, 0), pool)
            for _ in compile_kernels(trainer.kernels()):
                pass
            trainer.stepper.pack()
            for _ in trainer.train():
                pass
            weights.append(trainer.parameters.values.copy())
    for other in weights[1:]:
        np.testing.assert_array_equal(weights[0], other)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    home = str(tmp_path_factory.mktemp("runs"))
    events = list(tui_dl.train(small("gru", "train.epochs=1"), runs=home, threads=2))
    assert isinstance(events[-1], Ended)
    return tui_dl.load("last", runs=home)


def test_a_loaded_model_decodes_and_translates(model: Model) -> None:
    samples = data.load(model.experiment.data, 0).test
    written = model.predict(samples.inputs, samples.lengths)
    np.testing.assert_array_equal(written, model.decode(samples.inputs, samples.lengths))
    assert written.shape == samples.targets.shape
    assert written.dtype == np.int32
    texts = ["3 March 2021", "wed, 10 sep 2025"]
    for how in ({}, {"beam": 3}, {"temperature": 0.7, "seed": 1}):
        made = model.translate(texts, **how)
        assert len(made) == 2
        assert all(set(text) <= set("0123456789-") for text in made)


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"beam": 0}, "beam = 0: a whole number from 1 to 100 is needed"),
        ({"beam": 101}, "beam = 101: "),
        ({"beam": 10**30}, "beam = 1000"),
        ({"beam": True}, "beam = True: "),
        ({"beam": 2.0}, "beam = 2.0: "),
        ({"beam": "2"}, "beam = '2': "),
        ({"temperature": -1.0}, "temperature = -1.0: a number of 0 or more is needed"),
        ({"temperature": float("nan")}, "temperature = nan: "),
        ({"temperature": float("inf")}, "temperature = inf: "),
        ({"temperature": None}, "temperature = None: "),
        ({"temperature": "1"}, "temperature = '1': "),
        ({"temperature": True}, "temperature = True: "),
        ({"seed": -1}, "seed = -1: a whole number from 0 "),
        ({"seed": 0.5}, "seed = 0.5: "),
        (
            {"beam": 2, "temperature": 1.0},
            "beam = 2 and temperature = 1: beam search draws no tokens",
        ),
    ],
)
def test_ways_there_are_not_are_refused(model: Model, how: Any, says: str) -> None:
    with pytest.raises((ValueError, TypeError), match=says):
        model.translate(["3 March 2021"], **how)


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        ("3 March 2021", r"texts = '3 March 2021': a list is needed: write \['3 March 2021'\]"),
        (["3 March 2021", 3], r"texts = \['3 March 2021', 3\]: a list of texts is needed"),
        (None, "texts = None: a list of texts is needed"),
        ([], r"^texts = \[\]: at least one text is needed"),
    ],
)
def test_what_is_no_list_of_texts_is_refused(model: Model, texts: Any, says: str) -> None:
    with pytest.raises((ValueError, TypeError), match=says):
        model.translate(texts)


@pytest.mark.parametrize(
    ("text", "says"),
    [("3 März 2021", "'ä' is not one of"), ("", "0 characters"), ("1" * 34, "34 characters")],
)
def test_texts_it_cannot_read_are_named(model: Model, text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        model.translate(["3 March 2021", text])


def test_texts_are_read_wherever_samples_are(model: Model) -> None:
    texts = ["3 March 2021", "sat may 1st 1999"]
    vocab_size, lengths = encode(texts, model.experiment.data.reads, 33)
    written = model.decode(np.maximum(vocab_size, 0), lengths)
    np.testing.assert_array_equal(model.decode(texts), written)
    np.testing.assert_array_equal(model.predict(texts), written)
    assert model.translate(texts) == decode(written, model.experiment.data.writes)
    with pytest.raises(ValueError, match=r"embedding_1: .* got lengths beside texts"):
        model.predict(texts, [12, 16])


def test_lengths_must_be_those_of_the_samples(model: Model) -> None:
    with pytest.raises(ValueError, match="embedding_1"):
        model.predict(np.zeros((2, 33), np.int32), [5])


def test_only_networks_with_a_decoder_decode(tmp_path: Path) -> None:
    list(tui_dl.train(read("first-network", ["train.epochs=1"]), runs=str(tmp_path)))
    model = tui_dl.load("last", runs=str(tmp_path))
    with pytest.raises(ValueError, match="flatten_1: the network has no decoder: use predict"):
        model.decode(np.zeros((1, 1, 8, 8)))
    with pytest.raises(ValueError, match="flatten_1: the network generates no text: use predict"):
        model.translate(["3"])
