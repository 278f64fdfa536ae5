"""A run that waits between its epochs: the same numbers, and it obeys while it waits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import eventually, the_run
from tests.shell import tui_dl
from tui_dl.runs.status import State

EPOCHS = 3
TRAIN = ["train", "first-network", "--set", f"train.epochs={EPOCHS}", "--threads", "1"]
FIGURES = ("epochs", "train_loss", "validation_loss", "test_loss", "test_accuracy")


def figures(*arguments: str) -> list[float]:
    done = tui_dl(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    return [summary[key] for key in FIGURES]


def test_epochs_are_apart_and_the_numbers_the_same(home: Path) -> None:
    assert figures(*TRAIN, "--pace", "4") == figures(*TRAIN, "--name", "at-once")
    paced = next(run for run in home.iterdir() if "first-network" in run.name)
    lines = [json.loads(line) for line in (paced / "events.jsonl").read_text().splitlines()]
    times = {line["event"]: line["time"] for line in reversed(lines)}
    assert times["Ended"] - times["EpochEnded"] >= EPOCHS / 4  # from the first one's end


def test_a_waiting_run_stops_at_once_and_is_resumed(home: Path) -> None:
    assert tui_dl(*TRAIN, "--pace", "0.001", "--detach").returncode == 0
    run = the_run(home)
    eventually(lambda: len(State(run).epochs) == 1)
    assert tui_dl("stop", "last").returncode == 0
    assert State(run).status == "stopped"
    resumed = figures("resume", "last", "--pace", "100")
    assert resumed == figures(*TRAIN, "--name", "whole")


@pytest.mark.parametrize("pace", ["0", "-1", "fast", "1e3", "1001", "0.0001", ""])
def test_a_pace_that_is_none_is_refused(pace: str, home: Path) -> None:
    done = tui_dl(*TRAIN, f"--pace={pace}")
    assert done.returncode == 2
    assert "not a number of epochs a second from 0.001 to 1,000" in done.stderr
    assert not home.exists()
