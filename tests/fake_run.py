"""Fake runs: events, step records and folders, as a worker would write them."""

from pathlib import Path
from typing import Any

import numpy as np

from tui_dl.protocol.events import Diagnosed, Ended, EpochEnded, Started
from tui_dl.protocol.step_record import step_fields
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.folder import Run, create
from tui_dl.runs.step_log import Records, StepLog, record_type
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse

FIELDS = step_fields(layers=2)
SMALL = """
title = "a small one"
data = { source = "digits" }
network = [{ kind = "flatten" }, { kind = "dense", units = 10 }]
"""


def experiment() -> Experiment:
    return parse(SMALL, "small.toml")


def run_folder(home: Path, name: str = "small") -> Run:
    return create(home, name, experiment())


def started(**changes: Any) -> Started:
    facts: dict[str, Any] = {
        "host": "here",
        "pid": 1,
        "threads": 2,
        "parameters": 650,
        "layers": ["dense_1", "dense_2"],
        "step_fields": FIELDS,
        "samples": {"train": 1257, "validation": 270, "test": 270},
        "steps_per_epoch": 20,
        "epochs": 3,
    }
    return Started(**facts | changes)


def epoch(number: int, validation_loss: float | None, best: int, **changes: Any) -> EpochEnded:
    facts: dict[str, Any] = {
        "epoch": number,
        "step": 20 * number,
        "train_loss": 1.0 / number,
        "train_accuracy": 0.5,
        "validation_loss": validation_loss,
        "validation_accuracy": 0.6,
        "best_epoch": best,
        "waited": number - best,
    }
    return EpochEnded(**facts | changes)


def diagnosed(**changes: Any) -> Diagnosed:
    facts: dict[str, Any] = {
        "kind": "vanishing_gradient",
        "epoch": 2,
        "step": 40,
        "layers": ["dense_1", "dense_12"],
        "message": "dense_1 gets 9e-10 of the last layer's gradient",
        "evidence": {"ratio": 9e-10},
        "lesson": "vanishing-gradient",
        "advice": "put relu in place of sigmoid",
        "change": ["network[1].kind=relu"],
    }
    return Diagnosed(**facts | changes)


def ended(**changes: Any) -> Ended:
    facts: dict[str, Any] = {
        "stop_reason": "finished",
        "epochs": 3,
        "best_epoch": 2,
        "train_loss": 0.3,
        "validation_loss": 0.5,
        "validation_accuracy": 0.8,
        "test_loss": 0.6,
        "test_accuracy": 0.75,
        "median_step_ms": 1.5,
        "samples_per_second": 40_000.0,
        "compile_seconds": 2.0,
        "seconds": 5.0,
    }
    return Ended(**facts | changes)


def records(count: int, first: int = 1) -> Records:
    made = np.zeros(count, record_type(FIELDS))
    made["step"] = np.arange(first, first + count)
    made["epoch"] = (made["step"] - 1) // 20 + 1
    made["loss"] = 1 / made["step"]
    made["seconds"] = 0.0015
    return made


def finished_run(home: Path, name: str = "small") -> Run:
    """A run of three epochs, the second one the best."""
    run = run_folder(home, name)
    log, steps = EventLog(run.events), StepLog(run.steps)
    log.append(started())
    for number, loss, best in ((1, 0.9, 1), (2, 0.5, 2), (3, 0.7, 2)):
        steps.append(records(20, first=20 * (number - 1) + 1))
        log.append(epoch(number, loss, best))
    log.append(ended())
    log.close()
    steps.close()
    run.lock.touch()
    return run
