"""A resumed run gives the bits of an uninterrupted one."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import msgspec
import numpy as np
import pytest

from tui_dl.engine.observers.registry import observers
from tui_dl.engine.train.session import train
from tui_dl.engine.train.state import Checkpoint
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.commands import AnyCommand, Continue, Pause, Save, Set, Stop
from tui_dl.protocol.events import (  # fmt: skip
    Acknowledged,
    Continued,
    Diagnosed,
    Ended,
    EpochEnded,
    LearningRateChanged,
    Paused,
    Started,
)
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse, read
from tui_dl.spec.train.config import Change, with_change
from tui_dl.support.errors import UserError

pytestmark = pytest.mark.usefixtures("one_by_one")

NORMAL = """
title = "statistics, masks and shifted images"
[data]
source = "digits"
batch_size = 48
augment = [{ kind = "shift", pixels = 1 }]
[[network]]
kind = "conv2d"
filters = 4
kernel = 3
[[network]]
kind = "batch_norm"
[[network]]
kind = "relu"
[[network]]
kind = "flatten"
[[network]]
kind = "dropout"
rate = 0.3
[[network]]
kind = "dense"
units = 10
[train]
epochs = 4
early_stopping = { patience = 2, min_delta = 0.1 }
"""
LSTM = (
    "network[1].kind=lstm",
    "data.samples=1000",
    "train.epochs=8",
    "train.optimizer.learning_rate=0.001",
)
SCHEDULED = (
    "train.epochs=12",
    "train.batch_schedule={every=4, factor=2, max=256}",
    'train.schedule={kind="reduce_on_plateau", patience=1, threshold=0.2, warmup=2}',
    'train.optimizer={kind="sgd", learning_rate=0.05, momentum=0.9}',
    "train.clip={norm=0.5}",
    "train.weight_average=0.9",
)
EXPERIMENTS = {
    "scheduled": read("first-network", list(SCHEDULED)),
    "normal": parse(NORMAL, "normal.toml"),
    "averaged": parse(NORMAL, "normal.toml", ["train.weight_average=0.95"]),
    "lstm": read("memory", list(LSTM)),
    "early-stopping": read("early-stopping"),
}
CLOCK = ("time", "seconds", "median_step_ms", "samples_per_second", "compile_seconds")


def at(plan: dict[int, list[AnyCommand]], first: int = 1) -> Callable[[], list[AnyCommand]]:
    """Commands for `train`: it asks for them once behind every step."""
    steps = count(first)
    return lambda: plan.get(next(steps), [])


def copied(outputs: Iterator[Any]) -> list[Any]:
    return [h.copy() if isinstance(h, np.ndarray) else h for h in outputs]


def facts(outputs: list[Any]) -> list[Any]:
    """What happened, without the clock's part in it."""
    return [
        [h[name].tolist() for name in h.dtype.names if name not in CLOCK]
        if isinstance(h, np.ndarray)
        else {k: v for k, v in msgspec.to_builtins(h).items() if k not in CLOCK}
        for h in outputs
        if isinstance(h, np.ndarray | EpochEnded | Diagnosed | LearningRateChanged | Ended)
        or (isinstance(h, Artifact) and not observers()[h.kind].is_timing)
    ]


def after(outputs: list[Any], checkpoint: Checkpoint) -> list[Any]:
    return outputs[next(i for i, h in enumerate(outputs) if h is checkpoint) + 1 :]


def last(outputs: list[Any]) -> Checkpoint:
    return next(h for h in reversed(outputs) if isinstance(h, Checkpoint) and h.name == "last")


def stopped(experiment: Experiment, step: int, checkpoint: Checkpoint | None = None) -> list[Any]:
    """All outputs until just before the evaluation of a run that is stopped after `step`."""
    first = checkpoint.step + 1 if checkpoint else 1
    told = copied(train(experiment, 2, at({step: [Stop()]}, first), checkpoint))
    return told[: len(told) - len(after(told, last(told)))]


@pytest.mark.parametrize("name", EXPERIMENTS)
@pytest.mark.parametrize("share", [0.1, 0.55, 0.99])
def test_goes_on_as_if_nothing_had_been(name: str, share: float) -> None:
    experiment = EXPERIMENTS[name]
    whole = copied(train(experiment, 1))
    first = stopped(experiment, int(last(whole).step * share) or 1)
    second = stopped(experiment, last(first).step + 3, last(first))
    rest = copied(train(experiment, 2, checkpoint=last(second)))
    assert facts(first) + facts(second) + facts(rest) == facts(whole)
    end = last(second + rest)
    for tensor, value in last(whole).tensors.items():
        np.testing.assert_array_equal(end.tensors[tensor], value, err_msg=tensor)
    (started,) = (h for h in rest if isinstance(h, Started))
    assert started.step == last(second).step


def test_a_checkpoint_holds_all_that_is_not_a_function_of_the_position() -> None:
    tensors = last(stopped(EXPERIMENTS["normal"], 5)).tensors
    ours = {"conv2d_1.weight", "batch_norm_1.bias", "batch_norm_1.running_mean", "dense_1.bias"}
    assert ours <= set(tensors)
    assert {f"best.{name}" for name in ours} <= set(tensors)
    assert {f"optimizer.{m}.dense_1.weight" for m in "mv"} <= set(tensors)


def test_a_checkpoint_of_another_network_is_refused_by_name_and_shapes() -> None:
    kept = last(stopped(EXPERIMENTS["lstm"], 2))
    other = read("memory", [*LSTM, "network[1].units=8"])
    says = r"lstm_1.weight_ih_l0 is 96 × 16 in the checkpoint and 32 × 16 in the experiment"
    with pytest.raises(UserError, match=says):
        list(train(other, 1, checkpoint=kept))
    del kept.tensors["dense_1.bias"]
    with pytest.raises(UserError, match=r"the checkpoint has no dense_1.bias, 4: "):
        list(train(EXPERIMENTS["lstm"], 1, checkpoint=kept))


@pytest.mark.slow
def test_checkpoints_come_by_time_in_the_middle_of_an_epoch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui_dl.engine.train.checkpointer.SECONDS", 0.0)
    monkeypatch.setattr("tui_dl.engine.train.checkpointer.SHARE", 0.5)
    recipe = msgspec.structs.replace(EXPERIMENTS["normal"].train, epochs=2)
    experiment = msgspec.structs.replace(EXPERIMENTS["normal"], train=recipe)
    told = copied(train(experiment, 2))
    steps = {h.step for h in told if isinstance(h, Checkpoint) and h.name == "last"}
    (started,) = (h for h in told if isinstance(h, Started))
    assert any(step % started.steps_per_epoch for step in steps)
    for kept in (h for h in told if isinstance(h, Checkpoint) and h.name == "last"):
        rest = copied(train(experiment, 1, checkpoint=kept))
        assert facts(rest) == facts(after(told, kept))


HISTORY: dict[int, list[AnyCommand]] = {
    7: [Set(learning_rate=0.02)],
    11: [Pause()],
    12: [Set(learning_rate=0.5), Continue()],  # asked for during the pause
    40: [Save(), Set(learning_rate=0.004)],
    70: [Stop()],
}


def with_changes(experiment: Experiment, changes: list[Change]) -> Experiment:
    recipe = msgspec.structs.replace(experiment.train, change=changes)
    return msgspec.structs.replace(experiment, train=recipe)


@pytest.mark.parametrize("name", ["normal", "lstm"])
def test_what_was_done_to_a_run_is_done_again(name: str) -> None:
    told = copied(train(EXPERIMENTS[name], 2, at(HISTORY)))
    changes = [h for h in told if isinstance(h, Change)]
    assert changes == [
        Change(step=7, learning_rate=0.02),
        Change(step=11, learning_rate=0.5),
        Change(step=39, learning_rate=0.004),  # one step less than asked: the pause took one
        Change(step=69, stop=True),
    ]
    rates = np.concatenate([h["learning_rate"] for h in told if isinstance(h, np.ndarray)])
    assert rates[[6, 7, 10, 11, 38, 39]] == pytest.approx([0.001, 0.02, 0.02, 0.5, 0.5, 0.004])
    assert [h.step for h in told if isinstance(h, Paused | Continued)] == [11, 11]
    assert [h.step for h in told if isinstance(h, Acknowledged)] == [7, 11, 11, 11, 39, 39, 69]
    changed = with_changes(EXPERIMENTS[name], changes)
    again = copied(train(changed, 1))
    assert facts(again) == facts(told)
    for tensor, value in last(told).tensors.items():
        np.testing.assert_array_equal(last(again).tensors[tensor], value, err_msg=tensor)
    for kept in (h for h in told if isinstance(h, Checkpoint) and h.name == "last"):
        rest = copied(train(changed, 1, checkpoint=kept))
        assert facts(rest) == facts(after(told, kept))


def test_the_rate_that_was_set_last_holds_where_steps_are_repeated() -> None:
    """Killed behind step 9, where rates were set, and given another one at step 8 on the way."""
    before = [Change(step=5, learning_rate=0.03), Change(step=9, learning_rate=0.02)]
    experiment = with_changes(EXPERIMENTS["normal"], before)
    told = copied(train(experiment, 2, at({8: [Set(learning_rate=0.004)], 20: [Stop()]})))
    rates = np.concatenate([h["learning_rate"] for h in told if isinstance(h, np.ndarray)])
    assert rates[[4, 5, 7, 8, 9, 19]] == pytest.approx([0.001, 0.03, 0.03, 0.004, 0.004, 0.004])
    changes = before
    for change in (h for h in told if isinstance(h, Change)):
        changes = with_change(changes, change)
    assert [(it.step, it.learning_rate) for it in changes] == [(5, 0.03), (8, 0.004), (20, None)]
    assert facts(copied(train(with_changes(experiment, changes), 1))) == facts(told)


def test_a_run_that_was_stopped_goes_on_as_if_it_had_not_been() -> None:
    experiment = EXPERIMENTS["normal"]
    whole = copied(train(experiment, 2))
    told = copied(train(experiment, 2, at({30: [Stop()]})))
    ended = told[-1]
    assert ended.stop_reason == "stopped"
    assert last(told).step == 30
    before = told[: len(told) - len(after(told, last(told)))]
    assert sum(isinstance(h, np.ndarray) for h in before) == 30
    rest = copied(train(experiment, 2, checkpoint=last(told)))
    assert facts(before) + facts(rest) == facts(whole)
