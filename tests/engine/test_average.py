"""Averaged weights are evaluated, saved and loaded with their own batch-norm statistics."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tui_dl
from tui_dl import data
from tui_dl.engine.graph.compile import compile_kernels
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.train.assemble import assemble
from tui_dl.engine.train.batches import batches
from tui_dl.engine.train.session import train
from tui_dl.protocol.events import Ended, EpochEnded
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse, read

DEEP = """
title = "averaged"
data = { source = "digits", batch_size = 16 }
network = [
    { kind = "flatten" },
    { kind = "repeat", times = TIMES, layers = [
        { kind = "dense", units = 48 }, { kind = "batch_norm" }, { kind = "relu" } ] },
    { kind = "dense", units = 10 },
]
[train]
optimizer = { kind = "adam", learning_rate = 0.01 }
weight_average = 0.995
epochs = 4
"""


def deep(times: int, *more: str) -> Experiment:
    return parse(DEEP.replace("TIMES", str(times)), "averaged", list(more))


def test_a_deep_network_is_as_good_as_its_averaged_weights() -> None:
    """With the statistics of the trained weights its accuracy was below 0.9."""
    (ended,) = (h for h in train(deep(8), 1) if isinstance(h, Ended))
    assert ended.test_accuracy
    assert ended.test_accuracy > 0.95


def test_statistics_are_the_mean_over_mini_batches_of_the_averaged_weights() -> None:
    what = deep(1, "train.epochs=1")
    samples = data.load(what.data, 0)
    with ThreadPool(2) as pool:
        trainer = assemble(what, samples, pool)
        for _ in compile_kernels(trainer.kernels()):
            pass
        trainer.stepper.pack()
        list(trainer.train())
        trained = {name: array.copy() for name, array in trainer.epoch_end.model.items()}
        kept = trainer.checkpoint().tensors
        trainer.average.swap()
        averaged = {name: array.copy() for name, array in trainer.epoch_end.model.items()}
        trainer.average.swap()
        for name, array in trainer.epoch_end.model.items():
            np.testing.assert_array_equal(array, trained[name])
            np.testing.assert_array_equal(kept[name], trained[name])
            np.testing.assert_array_equal(kept[f"optimizer.average.{name}"], averaged[name])
    w, b = averaged["dense_1.weight"].astype(float), averaged["dense_1.bias"]
    parts: list[Any] = list(batches(trainer.stepper.capacity, len(samples.train), 0, 0))
    z = [samples.train.inputs[part] @ w.T + b for part in parts]
    mean = np.mean([each.mean(axis=0) for each in z], axis=0)
    variance = np.mean([each.var(axis=0, ddof=1) for each in z], axis=0)
    np.testing.assert_allclose(averaged["batch_norm_1.running_mean"], mean, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(averaged["batch_norm_1.running_var"], variance, rtol=1e-4)


@pytest.mark.parametrize("more", [(), ("train.early_stopping.patience=2",)], ids=["last", "best"])
def test_what_is_loaded_is_what_was_judged(more: tuple[str, ...], tmp_path: Path) -> None:
    what = deep(3, *more)
    told = list(tui_dl.train(what, runs=tmp_path, threads=1))
    ended = told[-1]
    assert isinstance(ended, Ended)
    model = tui_dl.load("last", runs=tmp_path)
    test = data.load(what.data, 0).test
    right = model.predict(test.inputs.reshape(-1, 1, 8, 8)).argmax(axis=1) == test.targets
    assert right.mean() == pytest.approx(ended.test_accuracy)
    if not more:
        last = [event for event in told if isinstance(event, EpochEnded)][-1]
        assert last.validation_loss == ended.validation_loss


def test_where_episodes_are_played_they_are_what_is_measured() -> None:
    pytest.importorskip("gymnasium")
    norm = (
        'network=[{kind="dense",units=8},{kind="batch_norm"},{kind="tanh"},{kind="dense",units=2}]'
    )
    what = read(
        "cartpole", [norm, "train.weight_average=0.9", "train.epochs=1", "data.episodes=16"]
    )
    told = [next(h for h in train(what, t) if isinstance(h, EpochEnded)) for t in (1, 2)]
    assert told[0].validation_loss == told[1].validation_loss
    assert told[0].metrics == told[1].metrics
