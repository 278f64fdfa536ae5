"""Faults from outside end a run at worst, are told as what they are, and cost nothing.

`make faults` tries all of them; the tests a sample, the same every time.
"""

import errno
import os
import random
import re
from pathlib import Path

import pytest

from tests.faults.inject import CALLS, ERRORS
from tests.faults.server import Server
from tests.faults.tiny import EXPERIMENT, HEADLESS, assert_same, commands, leftovers
from tui_dl.runs.folder import Run, create
from tui_dl.runs.status import State
from tui_dl.spec.toml.reading import parse

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]

Fault = tuple[str, int, str, bool]
DEPTH = 60  # calls of each kind, of which each fails once
SAMPLE = 50
ALL = [
    (kind, number, ERRORS[kind][number % len(ERRORS[kind])], for_good)
    for kind in CALLS
    for number in range(1, DEPTH + 1)
    for for_good in (False, True)
]
FAULTS = ALL if os.environ.get("TUI_DL_FAULTS") else random.Random(11).sample(ALL, SAMPLE)


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
        lines = [it for it in met.err.splitlines() if "compiled kernels cannot be kept" not in it]
        assert len(lines) == (met.status > 0), met
    if State(run).status != "finished":
        (again,) = server.ask(resume)
        assert (again.status, again.err) == (0, "")
    assert not leftovers(run)
    assert_same(run, undisturbed, records=True)
