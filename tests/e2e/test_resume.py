"""Runs that are stopped or killed, and go on: real workers, real signals."""

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
import pytest

from tests.e2e.conftest import eventually
from tests.engine.test_resume import CLOCK
from tui_dl.events import Ended, EpochEnded, Started
from tui_dl.experiment import Experiment, read
from tui_dl.runs import checkpoint, launch
from tui_dl.runs.folder import Run
from tui_dl.runs.status import State
from tui_dl.runs.steps import read_steps

# Networks of each sort, with steps enough for a second or so.
EXPERIMENTS = {
    "dense": ["early-stopping", "train.epochs=250", "train.early_stopping.patience=240"],
    "conv": ["lenet5", "train.epochs=25"],
    "lstm": ["memory", "network[1].kind=lstm", "train.epochs=7"],
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """Each experiment as a run that nobody disturbed."""
    home = tmp_path_factory.mktemp("whole")
    runs = {name: launch.start(home, name, experiment(name)) for name in EXPERIMENTS}
    for run in runs.values():
        eventually(lambda: not State(run).alive)  # noqa: B023
        assert State(run).status == "finished"
    return runs


def experiment(name: str) -> Experiment:
    preset, *overrides = EXPERIMENTS[name]
    return read(preset, overrides)


def facts(run: Run) -> list[dict[str, Any]]:
    """What the run's events say, without the clock's part, and without who made it when."""
    return [
        {key: value for key, value in msgspec.to_builtins(event).items() if key not in CLOCK}
        for event in State(run).events
        if isinstance(event, EpochEnded | Ended)
    ]


def records(run: Run) -> Iterator[tuple[str, np.ndarray]]:
    """The fields of all steps, without the clock's."""
    steps = read_steps(run.steps, State(run).last(Started).step_fields)
    return ((name, steps[name]) for name in steps.dtype.names or () if name not in CLOCK)


def assert_same(run: Run, other: Run) -> None:
    assert facts(run) == facts(other)
    for (name, ours), (_, theirs) in zip(records(run), records(other), strict=True):
        np.testing.assert_array_equal(ours, theirs, err_msg=name)
    for file in ("last", "best"):
        (ours, _), (theirs, _) = (
            checkpoint.read(it.checkpoints / f"{file}.safetensors") for it in (run, other)
        )
        assert set(ours) == set(theirs)
        for name, tensor in ours.items():
            np.testing.assert_array_equal(tensor, theirs[name], err_msg=name)
