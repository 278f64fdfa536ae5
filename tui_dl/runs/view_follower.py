"""Follow a run folder and make a view of it at each poll. Runs in a thread; knows no widgets."""

from __future__ import annotations

from math import ceil, floor, log10
from time import monotonic, time
from typing import Any

import numpy as np

from tui_dl.protocol.events import Acknowledged, Compiled, Compiling, EarlyStopped, Ended, Started
from tui_dl.runs.folder import Run
from tui_dl.runs.series import Curve, Extremes
from tui_dl.runs.status import State
from tui_dl.runs.step_log import Records, read_steps
from tui_dl.runs.summary import figures
from tui_dl.runs.view import Curves, RunView, second_metric

DOTS = 4  # that a column of the screen's half has on a chart, at most
RECENT = 100  # steps over which speed is measured
HISTORY = 128  # epochs whose gradient norms are enough to draw
SAMPLED = 50  # steps of an epoch that are enough for its median gradient norm
CHUNK = 1 << 17  # steps that are read at once
READ_FOR = 0.15  # seconds, then what was read is shown
SETTLE = 10  # steps over which a gradient norm is the median

Speed = tuple[list[float], float, float]


class RunFollower:
    """Reads what is new in a run folder at each `poll`."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._state = State(run)
        self._restart()
        self._speed: Speed = ([], 0.0, 0.0)  # renewed once a second: faster cannot be read
        self._second: int | None = None
        self._curves = Curves()
        self._drawn: object = None
        self._last: object = None
        self._elapsed = 0.0  # the most that was shown: it never falls, whatever the clock does

    def _restart(self) -> None:
        """Read the run from its first step again."""
        started: Started | None = self._state.last(Started)
        window = started.steps_per_epoch if started else 1
        self._loss, self._metric = Curve(window), Curve(window)
        self._validation = {name: Extremes() for name in ("loss", "metric", "second")}
        self._gradients: dict[int, list[float]] = {}  # by the epoch's first step
        self._read = self._epochs = 0  # steps and epochs that are in the curves
        self._past = self._state.files, window

    def poll(self, columns: int) -> RunView | None:
        """A view for charts that are `columns` wide, or None where nothing has changed."""
        self._state.update()
        status = self._state.status
        started: Started | None = self._state.last(Started)
        steps = len(self._records(started)) if started else 0
        experiment = self._run.experiment
        metric = experiment.metric
        second = second_metric(experiment)
        view = RunView(status, metric, second, started=started, step=steps)
        self._add_events(view)
        seconds = None if view.elapsed is None else int(view.elapsed)
        if self._past != (self._state.files, started.steps_per_epoch if started else 1):
            self._restart()
        now = (self._past, status, len(self._state.events), steps, columns, seconds)
        if now == self._last and self._read == steps:
            return None
        self._last = now
        if started and steps:
            self._read_steps(started, steps)
            records = self._records(started)
            view.read = self._read / steps
            limit = epoch_limit(steps / started.steps_per_epoch, started.epochs, not view.live)
            dot = int(self._read / started.steps_per_epoch / limit * columns * DOTS)
            drawn = (self._past, dot, limit, columns, status, seconds)
            if drawn != self._drawn:  # else nothing would be seen to move
                self._drawn = drawn
                self._curves = self._reduce(view, started.steps_per_epoch, limit, columns)
            if not view.live or seconds != self._second:
                self._second = seconds
                self._speed = speed(records[-RECENT:])
            view.curves = self._curves
            view.steps = started.steps_per_epoch * started.epochs
            view.every = max(1, ceil(limit / HISTORY))
            view.gradients = self._by_epoch(started, steps, view.every)
            view.gradient, view.step_ms, view.samples_per_second = self._speed
            if ended := view.ended:  # the same figures as `show` prints
                view.step_ms = ended.median_step_ms
                view.samples_per_second = ended.samples_per_second
            view.learning_rate = self._state.learning_rate
            view.remaining = self._remaining(view)
        return view

    def _add_events(self, view: RunView) -> None:
        state = self._state
        history = state.history
        if view.status == "compiling":
            kernels = history.all(Compiling)
            view.compiling, view.compiled = kernels[-1].kernel, len(kernels) - 1
        if compiled := state.last(Compiled):
            view.cache = compiled.cache
        view.epochs, view.figures = state.epochs, figures(state)
        view.answered, view.decided = history.answered, list(history.decided)
        acknowledged: list[Acknowledged] = history.all(Acknowledged)
        view.saves = [it.step for it in acknowledged if it.command == "checkpoint"]
        view.failed_checks, view.diagnoses = state.failed_checks, list(state.diagnoses)
        view.findings = self._run.experiment.data_spec.doubts
        view.early_stopped = state.last(EarlyStopped)
        view.ended = state.last(Ended)
        test = state.evaluated("test")
        view.test = test.metrics if test else {}
        view.comparison = state.comparison
        view.failure = state.failure
        if view.failure:
            view.log = state.log_tail()
        if state.events:
            at_work = view.live and view.status != "paused"
            since = max(time() - state.events[-1].time, 0.0) if at_work else 0.0
            if state.files != self._past[0]:  # after a rewind time counts anew
                self._elapsed = 0.0
            self._elapsed = max(state.elapsed + since, self._elapsed)
            view.elapsed = view.ended.seconds if view.ended else self._elapsed

    def _records(self, started: Started) -> Records:
        """All steps, in a map of their own: what was read by it leaves memory together with it."""
        return read_steps(self._run.steps, started.step_fields)

    def _read_steps(self, started: Started, steps: int) -> None:
        """Read new steps: all, or as many as there is time for."""
        began = monotonic()
        while self._read < steps:
            end = min(steps, self._read + CHUNK)
            new = self._records(started)[self._read : end]
            x = np.arange(self._read + 1, end + 1) / started.steps_per_epoch
            samples = np.maximum(new["samples"], 1).astype(np.float64)
            self._loss.extend(x, np.asarray(new["loss"], np.float64), samples)
            self._metric.extend(x, np.asarray(new["metric"], np.float64), samples)
            self._read = end
            if monotonic() - began > READ_FOR:
                break

    def _read_epochs(self, view: RunView) -> None:
        """Read new epochs."""
        new = view.epochs[self._epochs :]
        self._epochs += len(new)
        x = np.array([epoch.epoch for epoch in new], np.float64)
        values: dict[str, list[Any]] = {
            "loss": [epoch.validation_loss for epoch in new],
            "metric": [epoch.metrics.get(view.metric, epoch.validation_accuracy) for epoch in new],
            "second": [epoch.metrics.get(view.second or "") for epoch in new],
        }
        for name, line in self._validation.items():
            numbers = [it if isinstance(it, float) else np.nan for it in values[name]]
            line.extend(x, np.array(numbers, np.float64))

    def _reduce(self, view: RunView, per_epoch: int, limit: float, columns: int) -> Curves:
        self._read_epochs(view)
        a_column = max(1, round(limit / columns))
        loss, metric, second = (line.line(a_column) for line in self._validation.values())
        steps = max(1, round(limit * per_epoch / columns))
        return Curves(
            limit, *self._loss.lines(steps), loss, *self._metric.lines(steps), metric, second
        )

    def _by_epoch(self, started: Started, steps: int, every: int) -> list[list[float]]:
        """Median gradient norm by layer in each `every`-th epoch; those that are over are kept."""
        per_epoch = started.steps_per_epoch
        sample = max(1, per_epoch // SAMPLED)
        history = []
        for first in range(0, steps, per_epoch * every):
            norms = self._gradients.get(first)
            if norms is None:
                part = self._records(started)[first : first + per_epoch : sample]
                norms = np.median(part["layer_gradient_norm"].astype(float), axis=0).tolist()
                if first + per_epoch <= steps:
                    self._gradients[first] = norms
            history.append(norms)
        return history

    def _remaining(self, view: RunView) -> float | None:
        """Seconds to the last possible epoch, at the pace of whole epochs where one is known."""
        if not view.live or view.status == "stopping" or view.step_ms is None:
            return None
        left = max(view.steps - view.step, 0)
        return left * (self._state.pace or view.step_ms / 1000)


def speed(recent: Records) -> Speed:
    """Median gradient norm by layer, median milliseconds a step, and samples a second."""
    seconds = np.asarray(recent["seconds"], np.float64)
    gradient = np.median(recent["layer_gradient_norm"][-SETTLE:].astype(float), axis=0).tolist()
    samples_per_second = float(recent["samples"].sum() / max(seconds.sum(), 1e-9))
    return gradient, float(np.median(seconds)) * 1000, samples_per_second


def epoch_limit(progress: float, epochs: int, over: bool) -> float:
    """Where the epoch axis ends: it grows in steps, so that most redraws change few rows."""
    if over:
        return max(progress, 1.0)
    power = 10.0 ** floor(log10(max(progress, 1.0)))
    limit = next(m * power for m in (1, 2, 3, 5, 8, 10) if m * power >= progress)
    return max(progress, min(limit, float(epochs)))
