"""What a run's events and lock say of it, with processes that really live and really are killed."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.fake_run import FIELDS, ended, epoch, finished_run, records, run_folder, started
from tui_dl.protocol.events import (
    Acknowledged,
    Compiled,
    Compiling,
    Continued,
    Failed,
    LearningRateChanged,
    Paused,
)
from tui_dl.runs import lock
from tui_dl.runs.death import log_tail
from tui_dl.runs.event_log import EventLog, Follower
from tui_dl.runs.status import State
from tui_dl.runs.step_log import StepLog, read_steps
from tui_dl.runs.summary import summary

KEYS = {
    "run",
    "path",
    "status",
    "extends",
    "stop_reason",
    "format",
    "versions",
    "cpu",
    "kernels",
    "epochs",
    "best_epoch",
    "train_loss",
    "validation_loss",
    "validation_accuracy",
    "test_loss",
    "test_accuracy",
    "test_metrics",
    "baselines",
    "failed_checks",
    "validation_metrics",
    "learning_rate",
    "parameters",
    "threads",
    "median_step_ms",
    "notes",
    "samples_per_second",
    "compile_seconds",
    "seconds",
    "failure",
    "diagnoses",
}

WRITER = """
import sys, itertools
from pathlib import Path
from tests.fake_run import epoch, records, started
from tui_dl.runs import lock
from tui_dl.runs.folder import Run
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.step_log import StepLog

run = Run(Path(sys.argv[1]))
held = lock.hold(run.lock)
log, steps = EventLog(run.events), StepLog(run.steps)
log.append(started())
print("traceback of nothing", file=open(run.log, "w"))
for number in itertools.count(1):
    steps.append(records(1, first=number))
    log.append(epoch(number, 1.0, 1))
    print(number, flush=True)
"""


def test_a_run_goes_through_its_states(home: Path) -> None:
    run = run_folder(home)
    held = lock.hold(run.lock)
    log = EventLog(run.events)
    state = State(run)
    seen = [state.status]
    run.log.touch()  # as its worker is started
    seen.append(state.status)
    for event in (
        Compiling(kernel="dense"),
        started(),
        Compiling(kernel="dense"),
        Compiled(seconds=1, kernels=1),
        epoch(1, 0.5, 1),
        ended(stop_reason="stopped"),
    ):
        log.append(event)
        assert state.update() == [event]
        seen.append(state.status)
    assert seen == [
        "waiting",
        "starting",
        "compiling",
        "starting",
        "compiling",
        "running",
        "running",
        "stopped",
    ]
    os.close(held)
    state.update()
    assert state.status == "stopped"


def test_a_pause_and_a_time_without_worker_are_not_counted(home: Path) -> None:
    run = run_folder(home)
    held = lock.hold(run.lock)
    log = EventLog(run.events)
    for event in (
        started(time=100),
        Compiled(time=102, seconds=2, kernels=0),
        epoch(1, 0.5, 1, time=112),
        Paused(time=115, step=25),
        Acknowledged(time=120, command="set", step=25),
    ):
        log.append(event)
    state = State(run)
    assert (state.status, state.elapsed, state.pace) == ("paused", 15, 0.5)
    log.append(Continued(time=200, step=25))
    state.update()
    assert (state.status, state.elapsed, state.pace) == ("running", 15, 0.5)
    log.append(epoch(2, 0.5, 1, time=215))
    state.update()
    assert (state.status, state.elapsed, state.pace) == ("running", 30, 28 / 40)
    for event in (started(time=900, step=45), Compiled(time=910, seconds=10, kernels=1)):
        log.append(event)
    state.update()
    assert (state.elapsed, state.pace) == (40, None)
    log.append(epoch(3, 0.5, 1, time=930))
    state.update()
    assert (state.elapsed, state.pace) == (60, 20 / 15)
    os.close(held)


def test_a_clock_that_is_set_back_makes_no_time_negative(home: Path) -> None:
    run = run_folder(home)
    log = EventLog(run.events)
    for event in (
        started(time=100),
        Compiled(time=102, seconds=2, kernels=0),
        epoch(1, 0.5, 1, time=50),
        epoch(2, 0.5, 1, time=53),
    ):
        log.append(event)
    state = State(run)
    assert (state.elapsed, state.pace) == (5, 3 / 40)


def test_a_clock_that_is_set_right_again_makes_no_time(home: Path) -> None:
    run = run_folder(home)
    log = EventLog(run.events)
    log.append(started(time=10_000))
    for number, time in enumerate((10_002, 10_004, 6_404, 10_008, 10_010), 1):
        log.append(epoch(number, 0.5, 1, time=time))
    assert State(run).elapsed == 10


def test_the_learning_rate_is_that_of_the_step_to_come(home: Path) -> None:
    run = run_folder(home)
    log, steps = EventLog(run.events), StepLog(run.steps)
    log.append(started())
    rates = [State(run).learning_rate]
    for record in records(20):
        record["learning_rate"] = 0.003
        steps.append(record)
    for event in (
        Acknowledged(command="stop", step=20),
        LearningRateChanged(step=19, learning_rate=0.003),
        LearningRateChanged(step=20, learning_rate=0.002),
        Acknowledged(command="set", step=20, learning_rate=0.001),
    ):
        rates.append(State(run).learning_rate)
        log.append(event)
    rates.append(State(run).learning_rate)
    assert rates == [None, 0.003, 0.003, 0.003, 0.002, 0.001]


def test_the_summary_has_all_keys_from_the_first_moment(home: Path) -> None:
    it = summary(State(run_folder(home)))
    assert set(it) == KEYS
    assert it["status"] == "failed"  # nobody holds the lock
    assert it["epochs"] == 0
    it = summary(State(finished_run(home)))
    assert set(it) == KEYS
    assert it["status"] == "finished"
    assert it["best_epoch"] == 2
    assert it["test_accuracy"] == 0.75
    assert State(finished_run(home)).best_validation_loss == 0.5


def test_a_failure_has_its_reason(home: Path) -> None:
    run = run_folder(home)
    log = EventLog(run.events)
    log.append(started())
    run.log.write_text("\n".join(f"line {number}" for number in range(9)))
    killed = "the worker was killed or ran out of memory"
    again = f"; start it again with `tui-dl resume {run.id}`"
    assert State(run).failure == f"{killed} before its first epoch ended: line 8{again}"
    run.log.write_text("")
    log.append(epoch(7, 0.5, 7))
    assert State(run).failure == f"{killed} after epoch 7{again}"
    run.last.touch()
    go_on = f"; resume it with `tui-dl resume {run.id}`"
    assert State(run).failure == f"{killed} after epoch 7{go_on}"
    elsewhere = run_folder(home.parent / "else where")
    hint = f"`tui-dl resume {elsewhere.id} --runs '{elsewhere.path.parent}'`"
    assert str(State(elsewhere).failure).endswith(f"; start it again with {hint}")
    run.log.write_text("\n".join(f"line {number}" for number in range(9)))
    assert log_tail(run) == [f"line {number}" for number in range(4, 9)]
    log.append(Failed(reason="the disk is full", by_itself=False))
    assert State(run).failure == f"the disk is full{go_on}"
    log.append(Failed(reason="the loss is not a number"))
    assert State(run).failure == "the loss is not a number"
    assert State(finished_run(home)).failure is None
    lost = run_folder(home, "lost")
    shutil.rmtree(lost.path)
    assert State(lost).failure == f"the run's folder is gone: {lost.path}"


def test_the_lock_is_one_workers(tmp_path: Path) -> None:
    path = tmp_path / "worker.lock"
    assert not lock.is_held(path)
    held = lock.hold(path)
    assert lock.is_held(path)
    with pytest.raises(BlockingIOError):
        lock.hold(path)
    child = subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[held]
    )
    os.close(held)
    assert lock.is_held(path)  # the child inherited it
    child.kill()
    child.wait()
    assert not lock.is_held(path)


def test_a_killed_writer_loses_nothing_it_acknowledged(home: Path) -> None:
    run = run_folder(home)
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(run.path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert writer.stdout
    for line in writer.stdout:
        if int(line) == 200:
            break
    assert State(run).status == "running"
    writer.send_signal(signal.SIGKILL)
    acknowledged = 200 + sum(line.endswith("\n") for line in writer.stdout)
    writer.wait()
    state = State(run)
    assert state.status == "failed"
    where = f"after epoch {len(state.epochs)}: traceback of nothing; start it again"
    assert str(state.failure).startswith(f"the worker was killed or ran out of memory {where}")
    assert acknowledged <= len(state.epochs) <= acknowledged + 1
    assert [event.epoch for event in state.epochs] == list(range(1, len(state.epochs) + 1))
    steps = read_steps(run.steps, FIELDS)
    assert acknowledged <= len(steps) <= acknowledged + 1
    np.testing.assert_array_equal(steps["step"], records(len(steps))["step"])
    assert len(Follower(run.events).poll()) == len(state.events)
