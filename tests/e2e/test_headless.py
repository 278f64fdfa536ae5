"""Training without a terminal: real workers, trained, stopped, interrupted and killed."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import eventually, the_run, worker_of
from tests.runs.test_status import KEYS
from tests.shell import ROOT, TUI_DL, tui_dl
from tui_dl.protocol.events import Acknowledged, Checkpointed, Started
from tui_dl.runs import lock
from tui_dl.runs.home import all_runs
from tui_dl.runs.status import State
from tui_dl.runs.step_log import read_steps
from tui_dl.support.processors import cores

SHORT = ["train", "first-network", "--set", "train.epochs=3"]
ENDLESS = ["train", "first-network", "--set", "train.epochs=1000000"]


@pytest.fixture
def follower() -> Iterator[subprocess.Popen[str]]:
    """An endless run, followed line by line."""
    process = subprocess.Popen(
        [*TUI_DL, *ENDLESS, "--headless"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    yield process
    process.kill()
    process.communicate()


def read_until(process: subprocess.Popen[str], text: str) -> str:
    """The next line that holds `text`."""
    assert process.stdout
    return next(line for line in process.stdout if text in line)


def test_json_is_all_there_is(home: Path) -> None:
    done = tui_dl(*SHORT, "--json")
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1
    summary = json.loads(done.stdout)
    assert set(summary) == KEYS
    assert [key for key, value in summary.items() if value is None] == ["extends", "failure"]
    assert (summary["status"], summary["stop_reason"]) == ("finished", "finished")
    assert (summary["epochs"], summary["parameters"]) == (3, 4810)
    assert json.loads(tui_dl("runs", "--json").stdout) == summary
    run = the_run(home)
    started = State(run).last(Started)
    assert len(read_steps(run.steps, started.step_fields)) == 3 * started.steps_per_epoch
    assert {path.name for path in run.checkpoints.iterdir()} >= {"last.safetensors"}
    assert summary["path"] == str(run.path)


def test_lines_tell_what_happens(home: Path) -> None:
    done = tui_dl(*SHORT, "--name", "mine", "--seed", "7", "--threads", "1")
    assert done.returncode == 0
    assert done.stderr == ""
    assert [f"epoch {n}/3" in done.stdout for n in (1, 2, 3)] == [True] * 3
    assert "s/step, " in done.stdout
    assert "final weights on the test samples: loss" in done.stdout
    assert all(len(line) <= 79 for line in done.stdout.splitlines()[:-1])
    assert "finished after 3 epochs" in done.stdout
    run = the_run(home)
    assert done.stdout.splitlines()[-1] == str(run.path)
    assert run.name == "mine"
    assert run.experiment.train.seed == 7
    assert State(run).last(Started).threads == 1


def test_a_run_repeats_bit_for_bit_from_its_own_file(home: Path) -> None:
    first = json.loads(tui_dl(*SHORT, "--json", "--threads", "1").stdout)
    file = str(Path(first["path"]) / "experiment.toml")
    again = json.loads(tui_dl("train", file, "--json", "--threads", "2").stdout)
    for key in ("train_loss", "validation_loss", "test_loss", "test_accuracy"):
        assert first[key] == again[key]


def test_detached_then_stopped(home: Path) -> None:
    detached = tui_dl(*ENDLESS, "--detach")
    run = the_run(home)
    assert detached.returncode == 0
    assert detached.stdout.splitlines()[0] == run.id
    assert f"tui-dl attach {run.id}" in detached.stdout
    worker_of(run)
    assert State(run).status == "running"
    stopped = tui_dl("stop", "last")
    assert stopped.returncode == 0
    assert f"{run.id} stopped after" in stopped.stdout
    state = State(run)
    assert state.status == "stopped"
    assert state.last(Acknowledged).command == "stop"
    assert state.last(Checkpointed)
    assert "nothing to `stop`: the run is over (stopped)" in tui_dl("stop", "last").stderr


def test_ctrl_c_stops_the_run_and_keeps_its_weights(
    follower: subprocess.Popen[str], home: Path
) -> None:
    read_until(follower, "epoch")
    follower.send_signal(signal.SIGINT)
    output, errors = follower.communicate(timeout=60)
    assert follower.returncode == 130
    assert errors == ""
    assert "stopping: " in output
    assert "stopped after" in output
    run = the_run(home)
    assert State(run).status == "stopped"
    assert (run.checkpoints / "last.safetensors").stat().st_size > 0


def test_ctrl_c_before_anything_is_to_be_seen(follower: subprocess.Popen[str], home: Path) -> None:
    run = the_run(home)
    follower.send_signal(signal.SIGINT)
    _, errors = follower.communicate(timeout=60)
    assert follower.returncode == 130
    assert errors == ""
    assert State(run).status == "stopped"


def test_a_scheduler_that_ends_us_ends_the_run(follower: subprocess.Popen[str], home: Path) -> None:
    read_until(follower, "epoch")
    follower.send_signal(signal.SIGTERM)
    follower.communicate(timeout=60)
    assert State(the_run(home)).status == "stopped"


def test_a_second_ctrl_c_does_not_wait(follower: subprocess.Popen[str], home: Path) -> None:
    read_until(follower, "epoch")
    run = the_run(home)
    worker = worker_of(run)
    os.kill(worker, signal.SIGSTOP)  # so that it cannot hear the first one
    follower.send_signal(signal.SIGINT)
    read_until(follower, "stopping: ")
    follower.send_signal(signal.SIGINT)
    output, errors = follower.communicate(timeout=20)
    assert follower.returncode == 130
    assert errors == ""
    assert "not waiting; the run ends" in output
    assert lock.is_held(run.lock)
    os.kill(worker, signal.SIGCONT)
    eventually(lambda: State(run).status == "stopped")


def test_a_killed_worker_is_a_failed_run(follower: subprocess.Popen[str], home: Path) -> None:
    read_until(follower, "epoch")
    run = the_run(home)
    os.kill(worker_of(run), signal.SIGKILL)
    _, errors = follower.communicate(timeout=20)
    assert follower.returncode == 1
    assert errors.startswith(f"tui-dl: {run.id} failed: the worker was killed or ran")
    assert str(run.log) not in errors  # nothing is in it
    assert errors.count("\n") == 1
    again = f"`tui-dl resume {run.id}`"
    assert errors.endswith(f"{again}\n")
    listed = tui_dl("runs").stdout
    assert f"{run.id}  failed" in listed
    assert "can be resumed" in listed
    assert listed.endswith(f"\nResume one: tui-dl resume {run.id}\n")
    shown = tui_dl("show", "last").stdout
    assert "failed: the worker was killed" in shown
    assert again in shown
    assert json.loads(tui_dl("show", "last", "--json").stdout)["status"] == "failed"


def test_a_follower_that_is_killed_leaves_the_run_alone(
    follower: subprocess.Popen[str], home: Path
) -> None:
    read_until(follower, "epoch")
    follower.kill()
    run = the_run(home)
    epochs = len(State(run).epochs)
    eventually(lambda: len(State(run).epochs) > epochs)


def test_a_reader_that_leaves_is_told_how_to_come_back(home: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*TUI_DL, *ENDLESS, "--headless"], stdout=writing, stderr=subprocess.PIPE, text=True
    )
    os.close(writing)
    run = the_run(home)
    assert done.returncode == 141
    assert done.stderr.count("\n") == 1
    assert f"{run.id}: keeps running: come back with `tui-dl attach {run.id}`" in done.stderr
    assert f"`tui-dl stop {run.id}`" in done.stderr
    assert worker_of(run)


def test_a_folder_that_is_gone_is_said(follower: subprocess.Popen[str], home: Path) -> None:
    read_until(follower, "epoch")
    run = the_run(home)
    away = run.path.rename(home.parent / "away")  # at once, where removing takes its time
    shutil.rmtree(away, ignore_errors=True)
    _, errors = follower.communicate(timeout=20)
    assert follower.returncode == 1
    assert errors == f"tui-dl: {run.id} failed: the run's folder is gone: {run.path}\n"


def test_more_threads_than_cores_are_warned_of(home: Path) -> None:
    done = tui_dl(*SHORT, "--threads", str(cores() + 1), "--json")
    assert done.returncode == 0
    assert done.stderr.startswith(f"tui-dl: --threads {cores() + 1} on {cores()} core")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("way", [["--json"], ["--detach"]])
def test_kernels_that_cannot_be_kept_are_said_once(
    way: list[str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUI_DL_CACHE", "/etc/passwd")
    done = tui_dl("train", "first-network", *way, "--set", "train.epochs=1")
    assert done.returncode == 0
    says = "compiled kernels cannot be kept: Not a directory: every run compiles anew"
    assert done.stderr == f"tui-dl: /etc/passwd: {says}: set TUI_DL_CACHE to a folder\n"
    eventually(lambda: State(the_run(home)).status == "finished")


def test_a_terminated_worker_keeps_its_weights(home: Path) -> None:
    tui_dl(*ENDLESS, "--detach")
    run = the_run(home)
    os.kill(worker_of(run), signal.SIGTERM)
    eventually(lambda: not State(run).alive)
    assert State(run).status == "stopped"
    assert (run.checkpoints / "last.safetensors").stat().st_size > 0


def test_runs_side_by_side(home: Path) -> None:
    for seed in (1, 2):
        tui_dl(*SHORT, "--seed", str(seed), "--detach")
    eventually(lambda: [State(run).status for run in all_runs(home)] == ["finished"] * 2)


def test_a_run_that_diverges_fails_with_its_reason(home: Path) -> None:
    optimizer = 'train.optimizer={kind="sgd", learning_rate=1000}'
    linear = 'network=[{kind="flatten"}, {kind="dense", units=64}, {kind="dense", units=10}]'
    done = tui_dl("train", "first-network", "--json", "--set", optimizer, "--set", linear)
    assert done.returncode == 1
    run = the_run(home)
    assert done.stderr.startswith(f"tui-dl: {run.id} failed: the loss is not finite at step ")
    summary = json.loads(done.stdout)
    assert summary["status"] == "failed"
    assert summary["test_loss"] is None
