"""Follows a run folder and makes snapshots of it. Runs in a thread; knows no widgets."""

from __future__ import annotations

from time import time

import numpy as np

from tui_dl.events import Compiled, Compiling, EarlyStopped, Ended, EpochEnded, Event, Started
from tui_dl.runs.folder import Run
from tui_dl.runs.status import State
from tui_dl.runs.steps import Records, read_steps
from tui_dl.ui.curve import Curve, reduced
from tui_dl.ui.snapshot import Snapshot
from tui_dl.ui.ticks import epoch_limit

RECENT = 100  # steps over which speed is measured
SAMPLED = 50  # steps of an epoch that are enough for its median gradient norm
SETTLE = 10  # steps over which a gradient norm is the median

Pace = tuple[list[float], float, float]


class Tail:
    """Reads what is new in a run folder at each `poll`."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._state = State(run)
        self._loss, self._accuracy = Curve(), Curve()
        self._gradients: list[list[float]] = []
        self._read = 0
        self._pace: Pace = ([], 0.0, 0.0)  # told anew once a second: faster cannot be read
        self._second: int | None = None
        self._last: object = None

    def poll(self, columns: int) -> Snapshot | None:
        """A snapshot for charts of so many `columns`, or None where nothing changed since."""
        self._state.update()
        status = self._state.status
        started: Started | None = self._state.last(Started)
        records = read_steps(self._run.steps, started.step_fields) if started else None
        steps = 0 if records is None else len(records)
        snapshot = Snapshot(status, started=started, step=steps)
        self._tell_events(snapshot)
        seconds = None if snapshot.elapsed is None else int(snapshot.elapsed)
        now = (status, len(self._state.events), steps, columns, seconds)
        if now == self._last:
            return None
        self._last = now
        if started and records is not None and steps:
            self._tell_curves(snapshot, started, records, columns)
            if not snapshot.live or seconds != self._second:
                self._second = seconds
                self._pace = pace(records[-RECENT:])
            snapshot.gradient, snapshot.step_ms, snapshot.samples_per_second = self._pace
            snapshot.learning_rate = float(records["learning_rate"][-1])
            snapshot.remaining = self._remaining(snapshot, started)
        return snapshot

    def _tell_events(self, snapshot: Snapshot) -> None:
        state = self._state
        kernels = [event.kernel for event in state.events if isinstance(event, Compiling)]
        if snapshot.status == "compiling":
            snapshot.compiling, snapshot.compiled = kernels[-1], len(kernels) - 1
        snapshot.epochs = state.epochs
        snapshot.early_stopped = state.last(EarlyStopped)
        snapshot.ended = state.last(Ended)
        snapshot.failure = state.failure
        if snapshot.failure:
            snapshot.log = state.log_tail()
        if state.events:
            over = time() if snapshot.live else state.events[-1].time
            snapshot.elapsed = over - state.events[0].time

    def _tell_curves(
        self, snapshot: Snapshot, started: Started, records: Records, columns: int
    ) -> None:
        per_epoch = started.steps_per_epoch
        if len(records) < self._read:  # resumed from an earlier checkpoint
            self._loss, self._accuracy, self._read = Curve(), Curve(), 0
            self._gradients = []
        new = records[self._read :]
        self._read = len(records)
        self._loss.extend(np.asarray(new["loss"], np.float64))
        self._accuracy.extend(np.asarray(new["metric"], np.float64))

        snapshot.steps = per_epoch * started.epochs
        snapshot.progress = len(records) / per_epoch
        limit = epoch_limit(snapshot.progress, started.epochs, not snapshot.live)
        snapshot.x_limit = limit
        snapshot.loss, snapshot.smooth_loss = self._loss.lines(per_epoch, limit, columns)
        accuracy = self._accuracy.lines(per_epoch, limit, columns)
        snapshot.accuracy, snapshot.smooth_accuracy = accuracy
        x = np.array([epoch.epoch for epoch in snapshot.epochs], np.float64)
        a_column = max(1, round(limit / columns))
        losses = np.array([epoch.validation_loss for epoch in snapshot.epochs], np.float64)
        snapshot.validation_loss = reduced(x, losses, a_column)
        accuracies = np.array([epoch.validation_accuracy for epoch in snapshot.epochs], np.float64)
        snapshot.validation_accuracy = reduced(x, accuracies, a_column)
        snapshot.gradients = self._by_epoch(records, per_epoch)

    def _by_epoch(self, records: Records, per_epoch: int) -> list[list[float]]:
        """Median gradient norm by layer in each epoch; epochs that are over are kept."""
        stride = max(1, per_epoch // SAMPLED)
        medians = []
        for first in range(len(self._gradients) * per_epoch, len(records), per_epoch):
            part = records["layer_gradient_norm"][first : first + per_epoch : stride]
            medians.append(np.median(part, axis=0).tolist())
        history = self._gradients + medians
        self._gradients = history[: len(records) // per_epoch]
        return history

    def _remaining(self, snapshot: Snapshot, started: Started) -> float | None:
        """Seconds to the last possible epoch, at the pace of whole epochs where one is known."""
        if not snapshot.live or snapshot.step_ms is None:
            return None
        left = snapshot.steps - snapshot.step
        if snapshot.epochs:
            begun: Event = self._state.last(Compiled) or started
            last: EpochEnded = snapshot.epochs[-1]
            return left * (last.time - begun.time) / last.step
        return left * snapshot.step_ms / 1000


def pace(recent: Records) -> Pace:
    """Median gradient norm by layer, median milliseconds a step, and samples a second."""
    seconds = np.asarray(recent["seconds"], np.float64)
    gradient = np.median(recent["layer_gradient_norm"][-SETTLE:], axis=0).tolist()
    samples_per_second = float(recent["samples"].sum() / max(seconds.sum(), 1e-9))
    return gradient, float(np.median(seconds)) * 1000, samples_per_second
