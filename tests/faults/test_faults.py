"""Faults from outside end a run at worst, are told as what they are, and cost nothing.

`make faults` tries all of them; the tests a sample, the same every time.
"""

import errno
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.faults.inject import CALLS, ERRORS
from tests.faults.server import Server
from tui_dl.events import Started
from tui_dl.experiment import parse
from tui_dl.runs import checkpoint
from tui_dl.runs.control import Continue, Pause, Save, send
from tui_dl.runs.folder import Run, create
from tui_dl.runs.home import all_runs
from tui_dl.runs.status import State
from tui_dl.runs.steps import read_steps

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]

EXPERIMENT = """
title = "a small one"
data = { source = "digits", batch_size = 256 }
network = [
    { kind = "flatten" },
    { kind = "dense", units = 16 },
    { kind = "relu" },
    { kind = "dense", units = 10 },
]
[train]
epochs = 3
early_stopping = { patience = 3 }
change = [{ step = 4, learning_rate = 0.002 }]
"""
Fault = tuple[str, int, str, bool]
DEPTH = 60  # calls of each kind, of which each fails once
SAMPLE = 70
ALL = [
    (kind, number, ERRORS[kind][number % len(ERRORS[kind])], for_good)
    for kind in CALLS
    for number in range(1, DEPTH + 1)
    for for_good in (False, True)
]
FAULTS = ALL if os.environ.get("TUI_DL_FAULTS") else random.Random(11).sample(ALL, SAMPLE)
HEADLESS = ["--headless", "--threads", "1"]
CLOCK = ("time", "seconds")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    it = Server()
    yield it
    it.close()


@pytest.fixture(scope="module")
def undisturbed(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The run that nothing went wrong with."""
    home = tmp_path_factory.mktemp("undisturbed")
    file = home / "tiny.toml"
    file.write_text(EXPERIMENT)
    (done,) = server.ask(["train", str(file), *HEADLESS, "--runs", str(home)])
    assert done.status == 0, done
    return all_runs(home)[0]


def assert_same(run: Run, other: Run, records: bool) -> None:
    """Both have the same weights, and the same records if these are asked for, bit for bit."""
    fields = State(other).last(Started).step_fields
    ours, theirs = (read_steps(it.steps, fields) for it in (run, other))
    for name in set(ours.dtype.names or ()) - {*CLOCK} if records else ():
        np.testing.assert_array_equal(ours[name], theirs[name], err_msg=name)
    for file in ("last.safetensors", "best.safetensors"):
        tensors, same = (checkpoint.read(it.checkpoints / file)[0] for it in (run, other))
        assert tensors.keys() == same.keys()
        for name, tensor in tensors.items():
            assert tensor.tobytes() == same[name].tobytes(), name


def commands(run: Run) -> None:
    """What makes a worker use its mailbox, and changes no number."""
    for command in (Save(), Pause(), Continue()):
        send(run.control, command)
    (run.control / "7.json").write_text("no command")


def leftovers(run: Run) -> list[str]:
    """Files that nobody needs any more."""
    return [path.name for path in run.path.rglob(".*")]


def assert_told(run: Run, error: str) -> None:
    """A run that failed says why, where, and that it can be resumed; that without a traceback."""
    state = State(run)
    if state.status == "finished":
        return
    assert state.status == "failed"
    assert state.can_resume, state.failure
    assert "killed" not in str(state.failure)
    assert "resume" in str(state.failure)
    assert os.strerror(getattr(errno, error)) in str(state.failure)
    assert re.search(r"/[\w.-]+", str(state.failure))
    assert "Traceback" not in run.log.read_text()


def test_a_worker_that_meets_a_fault(server: Server, undisturbed: Run, home: Path) -> None:
    for number, fault in enumerate(FAULTS):
        try:
            meet(fault, server, undisturbed, home / str(number))
        except AssertionError as error:
            raise AssertionError(f"with the fault {fault}") from error


def meet(fault: Fault, server: Server, undisturbed: Run, home: Path) -> None:
    """A worker meets it, then whoever resumes the run does, and then it is gone."""
    run = create(home, "tiny", parse(EXPERIMENT, "tiny"))
    resume = ["resume", "last", *HEADLESS, "--runs", str(home)]
    commands(run)
    (done,) = server.ask(work=str(run.path), fault=fault)
    failed = State(run).status == "failed"
    assert done.status == failed
    assert_told(run, fault[2])
    if failed:
        (met,) = server.ask(resume, own_fault=fault)
        assert met.status in (0, 1, 2), met
        assert "internal error" not in met.err
        assert met.err.count("\n") == (met.status > 0), met
    if State(run).status != "finished":
        (again,) = server.ask(resume)
        assert (again.status, again.err) == (0, "")
    assert not leftovers(run)
    assert_same(run, undisturbed, records=True)
