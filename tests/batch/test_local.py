"""Batches of real runs: the queue, the threads, and what an interrupt leaves behind."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tui_dl.batch.job import Job, jobs_of
from tui_dl.batch.local import Report, launch_all
from tui_dl.process.read_experiment import describe
from tui_dl.protocol.events import Started
from tui_dl.runs import lock
from tui_dl.runs.home import all_runs
from tui_dl.runs.step_log import read_steps
from tui_dl.spec.toml.reading import parse
from tui_dl.support.errors import UserError
from tui_dl.support.processors import cores

TEXT = """
title = "two layers"
data = { source = "digits", batch_size = 64 }
network = [
    { kind = "flatten" },
    { kind = "dense", units = 8 },
    { kind = "relu" },
    { kind = "dense", units = 10 },
]
train = { optimizer = { kind = "sgd", learning_rate = 0.1 }, epochs = 3 }
[[variant]]
name = "fast"
set = { "train.optimizer.learning_rate" = 0.5 }
[[variant]]
name = "momentum"
set = { "train.optimizer.momentum" = 0.9 }
"""
ENDLESS = ["train.epochs=1000000"]


def batch(*overrides: str) -> list[Job]:
    return jobs_of("it", parse(TEXT, "it.toml", list(overrides)), describe)


@pytest.mark.slow
def test_variants_start_from_the_same_weights_on_the_same_batches(home: Path) -> None:
    reports = list(launch_all(home, batch(), []))
    over = {it.job.variant: it.state for it in reports if it.what == "over"}
    assert {name: it.status for name, it in over.items()} == dict.fromkeys(
        ["", "fast", "momentum"], "finished"
    )
    assert sorted(run.name for run in all_runs(home)) == ["it", "it-fast", "it-momentum"]
    steps = []
    for state in over.values():
        started: Started = state.last(Started)
        assert started.threads == max(cores() // min(3, cores()), 1)
        steps.append(read_steps(state.run.steps, started.step_fields))
    first = [it["loss"][0] for it in steps]
    assert len(set(first)) == 1  # before any update
    assert len({it["loss"][-1] for it in steps}) == 3
    assert all(np.array_equal(it["samples"], steps[0]["samples"]) for it in steps)


def test_no_more_runs_are_live_than_there_are_processors(home: Path) -> None:
    live, most = 0, 0
    for report in launch_all(home, batch(), []):
        live += 1 if report.what == "started" else -1
        most = max(most, live)
    assert most == min(3, cores())


@pytest.mark.slow
def test_an_interrupt_stops_all_and_starts_no_more(home: Path) -> None:
    interrupts: list[int] = []
    reports: list[Report] = []
    for report in launch_all(home, batch(*ENDLESS), interrupts, threads=cores()):
        reports.append(report)
        interrupts += [2] * (report.what == "started")
    assert [it.what for it in reports] == ["started", "over"]  # one run has all the threads
    assert reports[-1].state.status == "stopped"
    assert len(all_runs(home)) == 1
    assert not any(lock.is_held(run.lock) for run in all_runs(home))


@pytest.mark.slow
@pytest.mark.parametrize("how", ["second interrupt", "closed"])
def test_nothing_outlives_the_batch(home: Path, how: str) -> None:
    interrupts: list[int] = []
    reports = launch_all(home, batch(*ENDLESS), interrupts)
    next(reports)
    if how == "closed":
        reports.close()  # type: ignore[attr-defined]
    else:
        interrupts += [2, 2]
        assert list(reports) == []
    runs = all_runs(home)
    assert len(runs) == 1
    assert not lock.is_held(runs[0].lock)


def test_a_run_that_cannot_start_ends_the_batch(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(UserError, match="runs cannot be kept here"):
        list(launch_all(file / "home", batch(), []))
