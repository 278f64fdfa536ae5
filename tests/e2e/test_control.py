"""Pausing, changing, stopping and resuming from the shell."""

import json
import os
import signal
from pathlib import Path

from tests.e2e.conftest import eventually, the_run, worker_of
from tests.shell import tui_dl
from tui_dl.protocol.commands import Stop
from tui_dl.protocol.events import Checkpointed, LearningRateChanged
from tui_dl.runs.folder import Run
from tui_dl.runs.mailbox import send
from tui_dl.runs.status import State

ENDLESS = ["train", "first-network", "--set", "train.epochs=1000000"]
LONG = ["train", "first-network", "--set", "train.epochs=200"]


def refused(*arguments: str) -> str:
    done = tui_dl(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_a_run_waits_changes_and_goes_on(home: Path) -> None:
    tui_dl(*ENDLESS, "--detach")
    run = the_run(home)
    worker_of(run)
    paused = tui_dl("pause", "last")
    assert paused.returncode == 0
    assert f"{run.id} is paused after step " in paused.stdout
    assert f"tui-dl resume {run.id}" in paused.stdout
    assert f"{run.id}  paused" in tui_dl("runs").stdout
    size = run.steps.stat().st_size
    shown = tui_dl("show", "last").stdout
    assert "learning rate  0.005\n" in shown
    assert f"tui-dl resume {run.id}\n" in shown
    changed = tui_dl("set", "last", " learning_rate = '0.01' ")
    assert f"{run.id}: learning rate 0.01 after step " in changed.stdout
    assert run.steps.stat().st_size == size
    assert "learning rate  0.01\n" in tui_dl("show", "last").stdout
    assert tui_dl("resume", "last", "--detach").returncode == 0
    eventually(lambda: State(run).last(LearningRateChanged))
    assert State(run).status == "running"
    assert "is already running" in refused("resume", "last")
    for wrong in ("learning_rate=0", "learning_rate=fast", "learning_rate", "momentum=0.9"):
        assert f"tui-dl: {wrong}: " in refused("set", "last", wrong)
    assert ": use a point: 0.01\n" in refused("set", "last", "learning_rate=0,01")
    tui_dl("stop", "last")
    assert "nothing to `pause`: the run is over (stopped)" in refused("pause", "last")
    change, stop = Run(run.path).experiment.train.change
    assert (change.learning_rate, stop.stop) == (0.01, True)


def test_a_run_that_was_stopped_ends_as_it_would_have(home: Path) -> None:
    whole = json.loads(tui_dl(*LONG, "--json").stdout)
    tui_dl(*LONG, "--detach", "--name", "again")
    run = Run(next(home.glob("*-again-*")))
    worker_of(run)
    send(run.control, Stop())
    eventually(lambda: not State(run).alive)
    told = tui_dl("resume", "again", "--headless", "--threads", "1")
    assert told.returncode == 0
    assert f"{run.id} resumes after step " in told.stdout.splitlines()[0]
    assert "epoch   1/200" not in told.stdout  # that was told before
    assert "finished after 200 epochs" in told.stdout
    again = json.loads(tui_dl("show", "again", "--json").stdout)
    for key in ("status", "best_epoch", "train_loss", "validation_loss", "test_loss"):
        assert whole[key] == again[key]
    assert "the run is finished: there is nothing to resume" in refused("resume", "again")


def test_what_cannot_be_resumed_is_refused_and_left_as_it_is(home: Path) -> None:
    tui_dl(*ENDLESS, "--detach")
    run = the_run(home)
    worker = worker_of(run)
    eventually(lambda: State(run).last(Checkpointed))
    os.kill(worker, signal.SIGKILL)
    eventually(lambda: not State(run).alive)
    events = run.events.read_bytes()
    file = run.path / "experiment.toml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("units = 64", "units = 32"), encoding="utf-8")
    shapes = "dense_1.weight is 64 × 64 in the checkpoint and 32 × 64 in the experiment"
    assert shapes in refused("resume", "last")
    file.write_text(good, encoding="utf-8")
    kept = bytearray(run.last.read_bytes())
    kept[len(kept) // 2] ^= 1
    run.last.write_bytes(kept)
    assert f"{run.last}: its checksum says that it is damaged: delete it" in refused(
        "resume", "last"
    )
    assert run.events.read_bytes() == events
    run.last.unlink()
    assert tui_dl("resume", "last", "--detach").returncode == 0  # from the beginning
    eventually(lambda: State(run).epochs)
    assert State(run).epochs[0].epoch == 1
