"""Text that a network generates, one character after the other."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from tui_dl import data
from tui_dl.data import Samples
from tui_dl.data.characters import decode
from tui_dl.engine.generation.draw import draw
from tui_dl.engine.generation.generate import generate
from tui_dl.engine.graph.compile import compile_kernels
from tui_dl.engine.inference.model import Model
from tui_dl.engine.observers.generated_text import BEGUN, LENGTH, TEMPERATURES
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.train.assemble import assemble
from tui_dl.engine.train.session import train
from tui_dl.engine.train.state import Checkpoint
from tui_dl.engine.train.trainer import Trainer
from tui_dl.process.read_experiment import read
from tui_dl.protocol.artifact import Artifact
from tui_dl.spec.experiment import Experiment
from tui_dl.support.errors import UserError

SMALL = ["data.samples=200", "data.length=12", "network[1].units=16", "train.epochs=2"]


@pytest.fixture(scope="module")
def trainer() -> Iterator[Trainer]:
    experiment = read("char-model", SMALL)
    with ThreadPool(1) as pool:
        trainer = assemble(experiment, data.load(experiment.data, 0), pool)
        for _ in compile_kernels(trainer.kernels()):
            pass
        trainer.stepper.pack()
        for _ in trainer.train():
            pass
        yield trainer


def begun(experiment: Experiment, *texts: str) -> Samples:
    return data.encode(experiment.data, experiment.data_spec, 0, texts)


@pytest.mark.parametrize("temperature", [0.0, 0.7, 2.0])
def test_a_character_is_drawn_from_the_logits_after_those_before(
    trainer: Trainer, temperature: float
) -> None:
    """Also past the window, of which only the last characters are read."""
    experiment, steps = trainer.experiment, 12
    texts = ["the obje", "a", "the names in the list are"]
    made = generate(trainer.stepper, begun(experiment, *texts), 20, temperature, 7)
    ids = begun(experiment, *texts)
    assert ids.lengths is not None
    rows = [row[:length].tolist() for row, length in zip(ids.inputs, ids.lengths, strict=True)]
    for t in range(20):
        z = []
        for row in rows:
            read_ = np.array([row[-steps:]], np.int32)
            padded = np.pad(read_, ((0, 0), (0, steps - read_.shape[1])))
            length = np.array([read_.shape[1]], np.int32)
            alone = Samples(padded, np.zeros_like(padded), length)
            z.append(trainer.stepper.outputs(alone)[1][0, length[0] - 1])
        expected = draw(np.array(z, np.float64), temperature, 7, t)
        np.testing.assert_array_equal(made[:, t], expected)
        for row, token in zip(rows, expected.tolist(), strict=True):
            row.append(token)


def test_every_text_may_have_a_temperature_of_its_own(trainer: Trainer) -> None:
    same = begun(trainer.experiment, *["the "] * 3)
    each = np.array([[0.0], [0.5], [1.5]])
    together = generate(trainer.stepper, same, 15, each, 3)
    for row, temperature in enumerate(each.ravel().tolist()):
        alone = generate(trainer.stepper, same, 15, temperature, 3)
        np.testing.assert_array_equal(together[row], alone[row])


def test_a_model_continues_a_text() -> None:
    experiment = read("char-model", SMALL)
    outputs = list(train(experiment, 1))
    weights = [it for it in outputs if isinstance(it, Checkpoint)][-1].tensors
    model = Model(experiment, weights)
    text = model.generate("The Object", 30, temperature=0.5, seed=4)
    assert len(text) == 30
    assert set(text) <= set(experiment.data.writes)
    assert text == model.generate("the object", 30, temperature=0.5, seed=4)
    assert text != model.generate("the object", 30, temperature=0.5, seed=5)
    for wrong, says in (("", "0 characters"), ("é", "'é' is not one of the characters")):
        with pytest.raises(ValueError, match=says):
            model.generate(wrong)
    with pytest.raises(ValueError, match="length"):
        model.generate("a", 0)
    seen = [it for it in outputs if isinstance(it, Artifact) and it.kind == "generated_text"]
    assert len(seen) == 3
    assert {len(it) for one in seen for it in one.labels["texts"]} == {LENGTH}
    assert all(len(one.labels["texts"]) == len(TEMPERATURES) for one in seen)
    (start,) = {one.labels["begun"][0] for one in seen}
    tested = data.load(experiment.data, 0).test
    assert 1 <= len(start) <= BEGUN
    assert any(start in text for text in decode(tested.inputs, experiment.data.writes))


def test_a_network_of_something_else_continues_no_text() -> None:
    experiment = read("memory", ["data.samples=100", "data.length=3", "train.epochs=1"])
    weights = [it for it in train(experiment, 1) if isinstance(it, Checkpoint)][-1].tensors
    with pytest.raises(ValueError, match="continues no text: use predict"):
        Model(experiment, weights).generate("a")


def test_the_units_that_a_text_needs_are_said() -> None:
    with pytest.raises(UserError, match=r"needs 32 × 36: end with a dense row of units = 36"):
        read("char-model", ["network[2].units=35"])


def test_a_layer_that_sees_the_next_character_is_refused() -> None:
    with pytest.raises(UserError, match=r"network\[1\].bidirectional|network\[1\].*next token"):
        read("char-model", ["network[1].bidirectional=true"])
