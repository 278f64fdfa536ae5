"""The results of a run, under the keys that every ``--json`` has."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from tui_dl.protocol.events import Ended, EpochEnded, Extended, Metrics, Started
from tui_dl.runs.missing_figures import notes
from tui_dl.runs.status import State


class Figures(NamedTuple):
    """How well the network does: with its final weights, before the end of the last epoch."""

    train_loss: float | None
    train_accuracy: float | None
    validation_loss: float | None
    validation_accuracy: float | None
    validation_metrics: Metrics


def figures(state: State) -> Figures | None:
    """What every screen and command shows of a run; None before an epoch has ended."""
    epoch, ended = state.last(EpochEnded), state.last(Ended)
    of, train, validation = ended or epoch, state.evaluated("train"), state.evaluated("validation")
    if of is None:
        return None
    return Figures(
        of.train_loss,
        train.accuracy if train else epoch and epoch.train_accuracy,
        of.validation_loss,
        of.validation_accuracy,
        validation.metrics if validation else epoch.metrics if epoch else {},
    )


def summary(state: State) -> dict[str, Any]:
    """All keys, null where one does not apply (yet)."""
    started, ended = state.last(Started), state.last(Ended)
    epoch = state.last(EpochEnded)
    now = figures(state)
    test = state.evaluated("test")
    return {
        "run": state.run.id,
        "path": str(state.run.path),
        "extends": msgspec.to_builtins(state.last(Extended)),
        "status": state.status,
        "stop_reason": ended.stop_reason if ended else None,
        "epochs": epoch.epoch if epoch else 0,
        "best_epoch": (epoch.best_epoch or None) if epoch else None,
        "train_loss": now.train_loss if now else None,
        "validation_loss": now.validation_loss if now else None,
        "validation_accuracy": now.validation_accuracy if now else None,
        "test_loss": ended.test_loss if ended else None,
        "test_accuracy": ended.test_accuracy if ended else None,
        "validation_metrics": now.validation_metrics if now else {},
        "test_metrics": test.metrics if test else {},
        "baselines": state.comparison.to_builtins() if state.comparison else None,
        "learning_rate": state.learning_rate,
        "parameters": started.parameters if started else None,
        "threads": started.threads if started else None,
        "median_step_ms": ended.median_step_ms if ended else None,
        "samples_per_second": ended.samples_per_second if ended else None,
        "compile_seconds": ended.compile_seconds if ended else None,
        "seconds": ended.seconds if ended else None,
        "format": started.format if started else None,
        "versions": started.platform.versions if started else {},
        "cpu": (started.platform.cpu or None) if started else None,
        "kernels": (started.platform.kernels or None) if started else None,
        "failure": state.failure,
        "notes": notes(state),
        "failed_checks": msgspec.to_builtins(state.failed_checks),
        "diagnoses": msgspec.to_builtins(state.diagnoses),
    }
