"""The training loop: exactness, early stopping, all ends of a run, and the presets' claims."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.engine.diagnosed import RECALL
from tests.figures import number
from tui_dl.engine.train.session import train
from tui_dl.engine.train.state import Checkpoint
from tui_dl.protocol.commands import Stop
from tui_dl.protocol.events import EarlyStopped, Ended, EpochEnded, Evaluated, Started
from tui_dl.spec.toml.reading import read
from tui_dl.support.errors import UserError

NORMAL = """
title = "layers that mix or drop samples"
data = { source = "digits" }
network = [
    { kind = "flatten" },
    { kind = "batch_norm" },
    { kind = "residual", layers = [{ kind = "dense", units = 64 }, { kind = "batch_norm" }] },
    { kind = "dropout", rate = 0.1 },
    { kind = "dense", units = 10 },
]
train = { epochs = 2 }
"""


def run(name: str, *overrides: str, threads: int = 2, **options: Any) -> list[Any]:
    outputs = train(read(name, list(overrides)), threads, **options)
    return [h.copy() if isinstance(h, np.ndarray) else h for h in outputs]


def steps(outputs: list[Any]) -> Any:
    return np.concatenate([h for h in outputs if isinstance(h, np.ndarray)])


def only(outputs: list[Any], kind: type[Any]) -> Any:
    found = [h for h in outputs if isinstance(h, kind)]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("name", ["lenet5", "memory", "first-network"])
@pytest.mark.parametrize("batch_size", [64, 50, 1437])
def test_same_bits_for_any_number_of_threads(name: str, batch_size: int) -> None:
    same_bits(name, "train.epochs=2", f"data.batch_size={batch_size}")


@pytest.mark.parametrize("batch_size", [10, 40])
@pytest.mark.slow
def test_same_bits_where_threads_meet_within_a_pass(tmp_path: Path, batch_size: int) -> None:
    file = tmp_path / "normal.toml"
    file.write_text(NORMAL, encoding="utf-8")
    same_bits(str(file), f"data.batch_size={batch_size}")


def same_bits(name: str, *options: str) -> None:
    runs = [steps(run(name, *options, threads=threads)) for threads in (1, 2, 3)]
    exact = set(runs[0].dtype.names or ()) - {"time", "seconds"}
    for other in runs[1:]:
        for field in exact:
            np.testing.assert_array_equal(runs[0][field], other[field], err_msg=field)


def test_another_seed_gives_other_numbers() -> None:
    losses = [steps(run("first-network", "train.epochs=1", f"train.seed={s}")) for s in (0, 1)]
    assert (losses[0]["loss"] != losses[1]["loss"]).all()


def test_events_come_in_order_and_every_step_is_recorded() -> None:
    outputs = run("first-network", "train.epochs=3")
    started = only(outputs, Started)
    records = steps(outputs)
    assert outputs[0] is started
    assert isinstance(outputs[-1], Ended)
    assert list(records["step"]) == list(range(1, 3 * started.steps_per_epoch + 1))
    assert [e.epoch for e in outputs if isinstance(e, EpochEnded)] == [1, 2, 3]
    assert sum(records["samples"]) == 3 * started.samples["train"]
    assert (records["layer_gradient_norm"] > 0).all()
    total = np.sqrt((records["layer_gradient_norm"].astype(np.float64) ** 2).sum(axis=1))
    np.testing.assert_allclose(total, records["gradient_norm"], rtol=1e-5)
    assert {e.split for e in outputs if isinstance(e, Evaluated)} == {
        "train", "validation", "test",
    }  # fmt: skip


def test_early_stopping_restores_the_best_weights() -> None:
    outputs = run("early-stopping")
    stopped, ended = only(outputs, EarlyStopped), only(outputs, Ended)
    epochs = {e.epoch: e for e in outputs if isinstance(e, EpochEnded)}
    recipe = read("early-stopping").train
    assert recipe.early_stopping is not None
    assert ended.stop_reason == "early_stopping"
    assert ended.epochs < recipe.epochs
    assert ended.epochs - ended.best_epoch == recipe.early_stopping.patience
    best = min(epochs.values(), key=lambda e: number(e.validation_loss))
    assert best.epoch == ended.best_epoch == stopped.best_epoch
    assert stopped.restored
    assert ended.validation_loss == best.validation_loss
    assert ended.validation_loss < epochs[ended.epochs].validation_loss
    kept = [h for h in outputs if isinstance(h, Checkpoint)]
    assert {h.name for h in kept} == {"last", "best"}


def test_without_restoring_the_last_weights_are_evaluated() -> None:
    outputs = run("early-stopping", "train.early_stopping.restore_best=false")
    last = [e for e in outputs if isinstance(e, EpochEnded)][-1]
    assert only(outputs, Ended).validation_loss == last.validation_loss


@pytest.mark.usefixtures("one_by_one")
def test_stop_ends_the_run_after_the_step() -> None:
    nothing: list[Stop] = []
    asked = iter([nothing] * 29 + [[Stop()]])
    outputs = run("first-network", commands=lambda: next(asked, []))
    ended = only(outputs, Ended)
    assert ended.stop_reason == "stopped"
    assert len(steps(outputs)) == 30
    assert any(isinstance(h, Checkpoint) and h.name == "last" for h in outputs)


def test_a_loss_that_is_not_finite_ends_the_run_with_advice() -> None:
    with pytest.raises(UserError, match="learning rate"):
        run("early-stopping", 'train.optimizer={kind="sgd",learning_rate=1000.0}')


@pytest.mark.slow
def test_lenet5_reads_digits() -> None:
    assert only(run("lenet5"), Ended).test_accuracy >= 0.985
    seeds = [only(run("lenet5", f"train.seed={seed}"), Ended).test_accuracy for seed in range(5)]
    assert np.mean(seeds) >= 0.985


@pytest.mark.slow
def test_first_network_learns() -> None:
    seeds = [only(run("first-network", f"train.seed={s}"), Ended).test_accuracy for s in range(5)]
    assert seeds[read("first-network").train.seed] >= 0.95
    assert np.mean(seeds) >= 0.97


@pytest.mark.slow
def test_vanishing_gradient_vanishes_and_nothing_is_learned() -> None:
    outputs = run("vanishing-gradient")
    norms = steps(outputs)["layer_gradient_norm"]
    assert norms.shape[1] == 12
    assert np.median(norms[:, 0] / norms[:, -1]) < 1e-4
    assert only(outputs, Ended).test_accuracy < 0.2


@pytest.mark.slow
def test_memory_is_short() -> None:
    assert only(run(*RECALL), Ended).test_accuracy > 0.95
    assert only(run(*RECALL, "data.length=60"), Ended).test_accuracy < 0.5


@pytest.mark.slow
@pytest.mark.timeout(900)  # two minutes alone, and the cores may be busy
def test_dates_are_translated() -> None:
    for seed in range(2):
        outputs = run("translate-dates", f"train.seed={seed}")
        (evaluated,) = (h for h in outputs if isinstance(h, Evaluated) and h.split == "test")
        assert number(evaluated.metrics["exact_match"]) >= 0.95


@pytest.mark.parametrize(("metric", "sign"), [("accuracy", 1), ("f1", 1), ("perplexity", -1)])
def test_early_stopping_follows_the_metric_it_is_told(metric: str, sign: int) -> None:
    rule = f'train.early_stopping={{patience=4, metric="{metric}"}}'
    outputs = run("early-stopping", rule, f'train.metrics=["{metric}"]')
    epochs = [h for h in outputs if isinstance(h, EpochEnded)]
    values = [sign * number(h.metrics[metric]) for h in epochs]
    best = values.index(max(values)) + 1
    ended = only(outputs, Ended)
    assert ended.best_epoch == best == epochs[-1].best_epoch
    assert ended.stop_reason == "early_stopping"
    assert ended.epochs == best + 4
    (evaluated,) = (h for h in outputs if isinstance(h, Evaluated) and h.split == "validation")
    assert sign * number(evaluated.metrics[metric]) == max(values)


@pytest.mark.parametrize(
    ("metric", "says"),
    [
        ("f1", "f1 is not measured: write it into train.metrics, or use"),
        ("confusion", "confusion is more than one number: use validation_loss or accuracy"),
    ],
)
def test_early_stopping_can_follow_only_what_is_measured(metric: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        read("early-stopping", [f'train.early_stopping.metric="{metric}"'])
