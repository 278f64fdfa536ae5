"""kill -9 at any moment costs nothing: a run that is resumed ends as one that nobody disturbed.

`make kill` does it fifty times.
"""

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from tests.e2e.conftest import eventually
from tests.engine.test_resume import CLOCK
from tui_dl.engine.observers.registry import observers
from tui_dl.process import launch
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.commands import AnyCommand, Continue, Pause, Save, Set, Stop
from tui_dl.protocol.events import (
    Acknowledged,
    Compiled,
    Ended,
    EpochEnded,
    LearningRateChanged,
    Started,
)
from tui_dl.runs import artifacts, checkpoint
from tui_dl.runs.folder import Run, create
from tui_dl.runs.mailbox import send
from tui_dl.runs.status import State
from tui_dl.runs.step_log import read_steps
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse, read
from tui_dl.spec.train.config import Change

KILLS = int(os.environ.get("TUI_DL_KILLS", "5"))
LONGEST = 0.8  # seconds that a worker is left alone
AT_WORK = 0.8  # how often that is from its first step on

EXPERIMENTS = {  # one of each sort, a second or two of training
    "conv": ["lenet5", "train.epochs=60", "train.early_stopping.patience=40"],
    "lstm": ["memory", "network[1].kind=lstm", "train.epochs=16", "train.clip.norm=1.0"],
    "dense": ["early-stopping", "train.epochs=250", "train.early_stopping.patience=240"],
    "decoder": ["translate-dates", "data.samples=2000", "train.epochs=12"],
}


def experiment(name: str) -> Experiment:
    preset, *overrides = EXPERIMENTS[name]
    return read(preset, overrides)


def over(run: Run) -> State:
    eventually(lambda: not State(run).alive)
    return State(run)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """Each experiment as a run that was left alone."""
    home = tmp_path_factory.mktemp("undisturbed")
    runs = {name: launch.start(home, name, experiment(name)) for name in EXPERIMENTS}
    assert [over(run).status for run in runs.values()] == ["finished"] * len(runs)
    return runs


def facts(run: Run) -> list[dict[str, Any]]:
    """What happened, without the clock's part in it."""
    return [
        {key: value for key, value in msgspec.to_builtins(event).items() if key not in CLOCK}
        for event in State(run).events
        if isinstance(event, EpochEnded | LearningRateChanged | Ended)
    ]


def records(run: Run) -> Iterator[tuple[str, Any]]:
    steps = read_steps(run.steps, State(run).last(Started).step_fields)
    return ((name, steps[name]) for name in steps.dtype.names or () if name not in CLOCK)


def assert_same(run: Run, other: Run) -> None:
    assert facts(run) == facts(other)
    for (name, ours), (_, theirs) in zip(records(run), records(other), strict=True):
        np.testing.assert_array_equal(ours, theirs, err_msg=name)
    for file in ("last.safetensors", "best.safetensors"):
        ours, theirs = (checkpoint.read(it.checkpoints / file)[0] for it in (run, other))
        assert set(ours) == set(theirs)
        for name, tensor in ours.items():
            np.testing.assert_array_equal(tensor, theirs[name], err_msg=name)
    assert seen(run) == seen(other)


def seen(run: Run) -> dict[tuple[str, int], Artifact]:
    """All artifacts but those that measure time."""
    kinds = [kind for kind in artifacts.kinds(run) if not observers()[kind].is_timing]
    return {
        (kind, step): artifacts.read(run, kind, step)
        for kind in kinds
        for step in artifacts.steps(run, kind)
    }


@pytest.mark.parametrize("number", range(KILLS))
def test_killed_at_any_moment(number: int, undisturbed: dict[str, Run], home: Path) -> None:
    name = [*EXPERIMENTS][number % len(EXPERIMENTS)]
    moments = random.Random(number)
    run = create(home, name, experiment(name))
    worker = launch.launch(run, moments.randint(1, 3))
    for _ in range(moments.randint(1, 2)):
        if moments.random() < AT_WORK:
            size = steps_size(run)
            eventually(lambda: steps_size(run) > size or not State(run).alive)  # noqa: B023
        for _ in range(4):
            time.sleep(moments.uniform(0, LONGEST / 4))
            send(run.control, Save())
        os.kill(worker, signal.SIGKILL)
        if over(run).status == "finished":
            break
        worker = launch.resume(run, moments.randint(1, 3))
    assert over(run).status == "finished", State(run).failure
    assert_same(run, undisturbed[name])


def test_a_history_repeats_from_its_folder(home: Path) -> None:
    """Paused, set, killed, resumed, stopped: trained again from its file it is the same run."""
    run = create(home, "history", experiment("conv"))
    worker = launch.launch(run)
    eventually(lambda: State(run).epochs)
    told(run, Set(learning_rate=0.0003))
    told(run, Pause())
    assert eventually(lambda: State(run).status == "paused")
    steps = run.steps.stat().st_size
    told(run, Set(learning_rate=0.002))
    told(run, Continue())
    eventually(lambda: run.steps.stat().st_size > steps)
    told(run, Save())
    os.kill(worker, signal.SIGKILL)
    over(run)
    launch.resume(run)
    eventually(lambda: len(State(run).epochs) > 15)
    told(run, Stop())
    assert over(run).status == "stopped"
    changes = Run(run.path).experiment.train.change
    assert [change.learning_rate for change in changes] == [0.0003, 0.002, None]
    file = run.path / "experiment.toml"
    again = launch.start(home, "again", parse(file.read_text(encoding="utf-8"), str(file)))
    assert over(again).status == "stopped"
    assert_same(run, again)


def test_an_acknowledged_rate_survives_the_kill_that_follows_at_once(home: Path) -> None:
    rates = [0.0009, 0.0008, 0.0007]
    run = create(home, "told", experiment("conv"))
    worker = launch.launch(run, 1)
    for rate in rates:
        eventually(lambda: State(run).last(Compiled))
        send(run.control, Set(learning_rate=rate))
        while rate not in (it.learning_rate for it in acknowledged(run)):
            assert State(run).alive
        os.kill(worker, signal.SIGKILL)
        step = acknowledged(run)[-1].step
        assert over(run).status == "failed"
        assert Run(run.path).experiment.train.change[-1] == Change(step=step, learning_rate=rate)
        worker = launch.resume(run, 1)
        # A rate that is set before its step is there again takes the place of those after it.
        while rate not in (it.learning_rate for it in changed(run)):
            assert State(run).alive
    told(run, Stop())
    assert over(run).status == "stopped"
    changes = Run(run.path).experiment.train.change[:-1]
    assert [it.learning_rate for it in changes] == rates
    assert [it.step for it in changed(run)] == [it.step for it in changes]


def acknowledged(run: Run) -> list[Acknowledged]:
    return [it for it in State(run).events if isinstance(it, Acknowledged) and it.learning_rate]


def changed(run: Run) -> list[LearningRateChanged]:
    """Rates that somebody set."""
    events = State(run).events
    return [it for it in events if isinstance(it, LearningRateChanged) and not it.scheduled]


def steps_size(run: Run) -> int:
    return run.steps.stat().st_size if run.steps.exists() else 0


def told(run: Run, command: AnyCommand) -> None:
    """Put it into the mailbox, and wait until it is taken."""
    send(run.control, command)
    eventually(lambda: not any(run.control.glob("[0-9]*.json")))
