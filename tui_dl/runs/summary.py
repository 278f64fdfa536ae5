"""A run's figures under the keys that every ``--json`` has."""

from __future__ import annotations

from typing import Any

import msgspec

from tui_dl.events import Ended, EpochEnded, Started
from tui_dl.runs.status import State
from tui_dl.runs.undefined import notes


def summary(state: State) -> dict[str, Any]:
    """All keys, null where one does not apply (yet)."""
    started, ended = state.last(Started), state.last(Ended)
    epoch = state.last(EpochEnded)
    figures = ended or epoch
    validation = state.evaluated("validation") or epoch
    test = state.evaluated("test")
    return {
        "run": state.run.id,
        "path": str(state.run.path),
        "status": state.status,
        "stop_reason": ended.stop_reason if ended else None,
        "epochs": epoch.epoch if epoch else 0,
        "best_epoch": (epoch.best_epoch or None) if epoch else None,
        "train_loss": figures.train_loss if figures else None,
        "validation_loss": figures.validation_loss if figures else None,
        "validation_accuracy": figures.validation_accuracy if figures else None,
        "test_loss": ended.test_loss if ended else None,
        "test_accuracy": ended.test_accuracy if ended else None,
        "validation_metrics": validation.metrics if validation else {},
        "test_metrics": test.metrics if test else {},
        "learning_rate": state.learning_rate,
        "parameters": started.parameters if started else None,
        "threads": started.threads if started else None,
        "median_step_ms": ended.median_step_ms if ended else None,
        "samples_per_second": ended.samples_per_second if ended else None,
        "compile_seconds": ended.compile_seconds if ended else None,
        "seconds": ended.seconds if ended else None,
        "failure": state.failure,
        "notes": notes(state),
        "diagnoses": msgspec.to_builtins(state.diagnoses),
    }
