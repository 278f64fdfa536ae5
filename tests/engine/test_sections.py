"""An epoch of a stream trains on the next section, in order, and is evaluated on the one after."""

from __future__ import annotations

import numpy as np

from tui_dl import data
from tui_dl.data import Samples
from tui_dl.engine.train.batches import batches
from tui_dl.engine.train.sections import batches_of_epoch, by_section
from tui_dl.engine.train.session import train
from tui_dl.process.read_experiment import read
from tui_dl.protocol.events import EpochEnded, Started
from tui_dl.spec.data.drift import Drift


def indices(epoch: int, size: int = 4) -> list[list[int]]:
    return [it.tolist() for it in batches_of_epoch(size, 30, 0, epoch, 3)]


def test_a_stream_goes_on_in_order_and_begins_anew() -> None:
    assert indices(1) == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]
    assert indices(3) == [[20, 21, 22, 23], [24, 25, 26, 27], [28, 29]]
    assert indices(4) == indices(1)


def test_other_samples_are_shuffled_as_before() -> None:
    for mine, theirs in zip(batches_of_epoch(4, 30, 5, 2, 1), batches(4, 30, 5, 2), strict=True):
        np.testing.assert_array_equal(mine, theirs)


def test_samples_are_divided_by_section() -> None:
    samples = Samples(np.arange(6, dtype=np.float32)[:, None], np.arange(6, dtype=np.int32))
    assert [it.targets.tolist() for it in by_section(samples, 3)] == [[0, 1], [2, 3], [4, 5]]
    assert by_section(samples, 1)[0] is samples


def test_every_epoch_is_of_its_own_section() -> None:
    """Where nothing is learned, the figures are those of the first weights on each section."""
    changes = ["train.optimizer.learning_rate=1e-12", "train.epochs=4", "data.sections=4"]
    experiment = read("online", changes)
    source = experiment.data
    assert isinstance(source, Drift)
    dataset = data.load(source, 0)
    outputs = list(train(experiment, 1))
    (began,) = (it for it in outputs if isinstance(it, Started))
    assert began.steps_per_epoch == len(dataset.train) // 4
    ends = [it for it in outputs if isinstance(it, EpochEnded)]
    again = [it for it in train(experiment, 2) if isinstance(it, EpochEnded)]
    assert [it.train_loss for it in ends] == [it.train_loss for it in again]
    assert len({it.train_loss for it in ends}) == len({it.validation_loss for it in ends}) == 4
    losses = [it.validation_loss for it in ends]
    whole = [it for it in outputs if getattr(it, "split", "") == "validation"]
    assert np.isclose(
        np.mean([it or 0.0 for it in losses]), getattr(whole[0], "loss", 0), rtol=1e-5
    )
