"""Values that are not finite are never the best, and do not affect later ones."""

from math import inf, isfinite, nan
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures import number
from tui_dl import data
from tui_dl.data import Dataset, Samples
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.train.assemble import assemble
from tui_dl.engine.train.early_stopping import Stopping
from tui_dl.engine.train.schedule import Plateau
from tui_dl.engine.train.session import TrainingSession
from tui_dl.engine.train.state import Checkpoint
from tui_dl.protocol.events import Ended, EpochEnded, Evaluated, LearningRateChanged
from tui_dl.spec.toml.reading import parse
from tui_dl.spec.train.schedules.reduce_on_plateau import ReduceOnPlateau

LOSSES = st.lists(st.sampled_from([nan, inf, -inf, 3.0, 2.0, 1.0, 0.5, -1.0]), max_size=12)


@given(LOSSES, LOSSES)
def test_what_is_not_finite_never_wins_nor_blocks(before: list[float], losses: list[float]) -> None:
    bad = [loss for loss in before if not isfinite(loss)]
    stopping, plateau = Stopping(), Plateau()
    schedule = ReduceOnPlateau(patience=100)
    for epoch, loss in enumerate([*bad, *losses], start=1):
        stopping.update(epoch, loss, 0.0)
        plateau.update(loss, schedule)
        for it in (stopping, plateau):  # a checkpoint in between changes nothing
            assert msgspec.json.decode(msgspec.json.encode(it), type=type(it)) == it
    finite = [loss for loss in losses if isfinite(loss)]
    assert stopping.lowest == (min(finite) if finite else None)
    if finite:
        assert stopping.best_epoch == len(bad) + losses.index(min(finite)) + 1
    else:
        assert stopping.best_epoch == 0
        assert stopping.waited == len([*bad, *losses])
    assert plateau.best is None if not finite else plateau.best is not None


SHRINKING = """
title = "weights that shrink"
data = { source = "digits", batch_size = "all" }
network = [{ kind = "flatten" }, { kind = "dense", units = 10, initializer = "orthogonal" }]
[train]
l2 = 1.0
epochs = 40
optimizer = { kind = "sgd", learning_rate = 0.1 }
schedule = { kind = "reduce_on_plateau", patience = 12 }
"""


def told(*overrides: str) -> list[Any]:
    """A training whose validation loss overflows as long as the weights are large.

    It falls from then on.
    """
    experiment = parse(SHRINKING, "it", list(overrides))
    whole = data.load(experiment.data, 0)
    huge = Samples(whole.validation.inputs * np.float32(3e38), whole.validation.targets)
    with ThreadPool(1) as pool:
        trainer = assemble(experiment, Dataset(whole.train, huge, whole.test), pool)
        return list(TrainingSession(trainer, lambda: ()).run())


def test_a_first_validation_loss_that_is_not_finite_blocks_nothing() -> None:
    outputs = told()
    losses = [number(h.validation_loss) for h in outputs if isinstance(h, EpochEnded)]
    assert not isfinite(losses[0])
    assert isfinite(losses[-1])
    assert losses[-1] == min(loss for loss in losses if isfinite(loss))
    assert [h for h in outputs if isinstance(h, LearningRateChanged)] == []
    (ended,) = (h for h in outputs if isinstance(h, Ended))
    assert ended.best_epoch == 40
    assert [h.epoch for h in outputs if isinstance(h, Checkpoint) and h.name == "best"] == [40]


def test_without_a_finite_one_no_epoch_is_best_and_patience_runs_out() -> None:
    outputs = told("train.l2=0", "train.early_stopping={patience=4}")
    (ended,) = (h for h in outputs if isinstance(h, Ended))
    assert (ended.best_epoch, ended.epochs, ended.stop_reason) == (None, 4, "early_stopping")
    assert not [h for h in outputs if isinstance(h, Checkpoint) and h.name == "best"]


@pytest.mark.parametrize("metric", ["roc_auc", "perplexity"])
def test_an_undefined_metric_is_never_the_best(metric: str) -> None:
    experiment = parse(
        SHRINKING, "it",
        [f'train.metrics=["{metric}"]', f"train.early_stopping={{patience=4,metric='{metric}'}}"],
    )  # fmt: skip
    whole = data.load(experiment.data, 0)
    one_class = whole.validation.targets == 3
    part = whole.validation.take(np.flatnonzero(one_class))
    if metric == "perplexity":
        part = Samples(part.inputs * np.float32(1e38), part.targets)
    with ThreadPool(1) as pool:
        trainer = assemble(experiment, Dataset(whole.train, part, whole.test), pool)
        outputs = list(TrainingSession(trainer, lambda: ()).run())
    ended = [h for h in outputs if isinstance(h, EpochEnded)]
    assert {h.best_epoch for h in ended} == {0}
    (validation,) = (h for h in outputs if isinstance(h, Evaluated) and h.split == "validation")
    value = validation.metrics[metric]
    assert isinstance(value, float)
    assert not isfinite(value)
