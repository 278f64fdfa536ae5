"""What a worker has acknowledged is on disk: kill -9 at any moment after that does not undo it.

The kill comes at the n-th call of a kind, so that no moment between two of them is left out.
"""

import os
import random
from pathlib import Path

import pytest

from tests.faults.server import Server
from tests.faults.tiny import EXPERIMENT, HEADLESS, assert_same, leftovers
from tui_dl.protocol.commands import AnyCommand, Continue, Pause, Save, Set, Stop
from tui_dl.protocol.events import Acknowledged, LearningRateChanged
from tui_dl.runs import checkpoint
from tui_dl.runs.folder import Run, create
from tui_dl.runs.home import all_runs
from tui_dl.runs.mailbox import Mailbox, send
from tui_dl.runs.status import State
from tui_dl.spec.toml.reading import parse
from tui_dl.spec.train.config import Change

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]

RATE = 0.0007
CALLS = {"write": 22, "fsync": 22, "rename": 7, "unlink": 9}  # more than the worker makes
ALL = [(kind, number) for kind, most in CALLS.items() for number in range(1, most)]
KILLS = ALL if os.environ.get("TUI_DL_FAULTS") else sorted(random.Random(10).sample(ALL, 12))


def acknowledged(run: Run) -> dict[str, int]:
    """Commands, and the step after which they take effect."""
    return {it.command: it.step for it in State(run).events if isinstance(it, Acknowledged)}


@pytest.mark.parametrize(("kind", "number"), KILLS)
def test_a_rate_is_in_effect_at_the_same_step(
    kind: str, number: int, server: Server, home: Path
) -> None:
    run = create(home, "told", parse(EXPERIMENT, "tiny"))
    for command in (Save(), Pause(), Set(learning_rate=RATE), Continue()):
        send(run.control, command)
    server.ask(work=str(run.path), fault=(kind, number, "KILL", False))
    told = acknowledged(run)
    if {"checkpoint", "pause"} & told.keys():
        _, metadata = checkpoint.read(run.last)
        assert int(metadata["step"]) >= max(told.values())
    if State(run).status != "finished":
        (done,) = server.ask(["resume", "last", *HEADLESS, "--runs", str(home)])
        assert (done.status, done.err) == (0, "")
    assert not leftovers(run)
    assert not list(run.control.iterdir())
    changes = Run(run.path).experiment.train.change
    steps = [it.step for it in changes if it.learning_rate == RATE]
    carried_out = [
        it.step
        for it in State(run).events
        if isinstance(it, LearningRateChanged) and it.learning_rate == RATE
    ]
    assert steps == carried_out
    assert len(steps) <= 1
    assert not told.get("set") or steps == [told["set"]]
    again = ["train", str(run.file), *HEADLESS, "--name", "again", "--runs", str(home)]
    (done,) = server.ask(again)
    assert done.status == 0
    assert_same(run, all_runs(home)[0], records=True)


@pytest.mark.parametrize(("kind", "number"), KILLS)
def test_a_stop_is_kept_until_the_run_is_resumed(
    kind: str, number: int, server: Server, undisturbed: Run, home: Path
) -> None:
    run = create(home, "told", parse(EXPERIMENT, "tiny"))
    send(run.control, Stop())
    server.ask(work=str(run.path), fault=(kind, number, "KILL", False))
    stops = [it for it in Run(run.path).experiment.train.change if it.stop]
    if step := acknowledged(run).get("stop"):
        assert stops == [Change(step=step, stop=True)]
    (done,) = server.ask(["resume", "last", *HEADLESS, "--runs", str(home)])
    assert (done.status, done.err) == (0, "")
    assert_same(run, undisturbed, records=True)


def test_pause_and_continue_keep_their_order_when_the_clock_goes_back(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = create(home, "told", parse(EXPERIMENT, "tiny"))
    sent: list[AnyCommand] = [Pause(), Continue(), Pause(), Set(learning_rate=RATE), Continue()]
    for clock, command in zip([9**20, 5, 10**18, 10**18, 1], sent, strict=True):
        monkeypatch.setattr("time.time_ns", lambda clock=clock: clock)
        send(run.control, command)
    assert list(Mailbox(run.control).take()) == sent
