"""Follow a run folder and make a view of any moment of it. Runs in a thread; knows no widgets."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from time import time

import numpy as np

from tui_dl.protocol.events import (
    Acknowledged,
    ArtifactWritten,
    Compiled,
    Compiling,
    EarlyStopped,
    Ended,
    Started,
)
from tui_dl.runs.activation_history import ActivationHistory
from tui_dl.runs.curve_request import WHOLE, CurveRequest
from tui_dl.runs.death import log_tail
from tui_dl.runs.folder import Run
from tui_dl.runs.history import waited
from tui_dl.runs.layer_figure import LayerFigure
from tui_dl.runs.layer_history import LayerHistory
from tui_dl.runs.milestones import Milestone, milestones
from tui_dl.runs.reduce import medians
from tui_dl.runs.series import RunSeries
from tui_dl.runs.status import LIVE, State
from tui_dl.runs.step_log import Records
from tui_dl.runs.summary import figures
from tui_dl.runs.view import Curves, Present, RunView, second_metric

DOTS = 4  # that a column of the screen's half has on a chart, at most
RECENT = 100  # steps over which speed is measured
READ_FIRST, READ_FOR = 0.01, 0.15  # seconds, then what was read is shown

Speed = tuple[float, float]


class RunFollower:
    """Reads what is new in a run folder at each `poll`, and makes views of any moment.

    Args:
        run: its folder.
        quick: whether the first view may be of a part of a long run, evenly spread.
    """

    def __init__(self, run: Run, quick: bool = False) -> None:
        self._run = run
        self._state = State(run, quick)
        self._shows_start = quick  # what was read just now, before more is read
        experiment = run.experiment
        self._metric, self._second_metric = experiment.metric, second_metric(experiment)
        self._speed: Speed = (0.0, 0.0)  # renewed once a second: faster cannot be read
        self._second: int | None = None
        self._curves = Curves()
        self._layer_figures: list[LayerFigure] = []
        self._drawn: object = None
        self._last: object = None
        self._known: tuple[object, tuple[Milestone, ...]] = None, ()
        self._damage, self._damage_at = "", 0  # what of the record cannot be read; looked for when
        self._elapsed = 0.0  # the most that was shown: it never falls, whatever the clock does
        self._restart()

    def _restart(self) -> None:
        """Read the run from its first step again."""
        started: Started | None = self._state.last(Started)
        self._series: RunSeries | None = None
        if started:
            self._series = RunSeries(self._run, started, self._metric, self._second_metric)
            self._layers = LayerHistory(started.layers)
            self._activations = ActivationHistory(self._run)
        self._past = self._origin

    @property
    def _origin(self) -> tuple[int, int | None]:
        """What changes where the past was not what is recorded now."""
        started: Started | None = self._state.last(Started)
        return self._state.files, started.steps_per_epoch if started else None

    def poll(self, columns: int, request: CurveRequest = WHOLE) -> RunView | None:
        """Read what is new; the present view, or None where nothing has changed."""
        self.update()
        return self.changed_view(None, columns, request)

    def changed_view(
        self, step: int | None, columns: int, request: CurveRequest = WHOLE
    ) -> RunView | None:
        """A view as `at` makes it of what was read, or None where the last one was the same."""
        steps = len(self._series.records()) if self._series else 0
        seconds = int(self._seconds()) if step is None else None
        events = len(self._state.events)
        now = (
            self._past, self._state.status, events, steps, columns, seconds, step, request,
            self._damage,
        )  # fmt: skip
        if now == self._last and (self._series is None or self._series.read == steps):
            return None
        self._last = now
        return self._view(columns, step, request)

    def at(self, step: int | None, columns: int, request: CurveRequest = WHOLE) -> RunView:
        """The run just after `step`, as it was shown then; or as it is now, where that is None.

        Args:
            step: how many steps were made; from the last one on, the view is the present one.
            columns: cells that the charts are wide.
            request: what is asked of the curves.
        """
        self.update()
        return self._view(columns, step, request)

    def update(self) -> Present:
        """Read what is new; returns how the run stands now."""
        if not self._shows_start:
            self._state.update()
        self._shows_start = False
        if self._past != self._origin:
            if self._state.files != self._past[0]:  # after a rewind time counts anew
                self._elapsed = 0.0
            self._restart()
        state, started = self._state, self._state.last(Started)
        if (second := int(time())) != self._damage_at:
            self._damage, self._damage_at = state.damage, second
        compiled: Sequence[Compiled] = state.history.all(Compiled)
        acknowledged: Sequence[Acknowledged] = state.history.all(Acknowledged)
        ended: Ended | None = state.last(Ended)
        seconds = ended.seconds if ended else self._seconds()
        compiling = ended.compile_seconds if ended else sum(it.seconds for it in compiled)
        return Present(
            state.status,
            len(self._series.records()) if self._series else 0,
            started,
            compiled[-1].cache if compiled else None,
            state.learning_rate,
            state.history.answered,
            tuple(it.step for it in acknowledged if it.command == "checkpoint"),
            sum(it.command == "set" for it in acknowledged),
            max(seconds - compiling, 0.0),
            self._milestones(),
            state.epochs[-1].epoch if state.epochs else 0,
            started.epochs * started.steps_per_epoch if started else 0,
        )

    def _milestones(self) -> tuple[Milestone, ...]:
        """Those of the run; looked for where there are new events only."""
        events = self._state.files, len(self._state.events)
        if events != self._known[0]:
            self._known = events, milestones(self._state)
        return self._known[1]

    def _view(self, columns: int, step: int | None, request: CurveRequest) -> RunView:
        series = self._smoothed(request)
        records = series.records() if series else None
        if records is None or step is None or step >= len(records):
            step, state = None, self._state
        else:
            records, state = records[:step], self._state.at(step)
        started: Started | None = state.last(Started)
        view = RunView(state.status, self._metric, self._second_metric, started=started)
        _add_events(view, state)
        view.damage = self._damage
        if state.events:
            view.elapsed = view.ended.seconds if view.ended else self._elapsed_at(state, step)
        if series and records is not None and len(records) and started:
            view.step = len(records)
            self._add_steps(view, state, series, records, columns, step is None, request)
        elif series and started and view.epochs:  # its steps are lost
            limit = epoch_limit(view.epochs[-1].epoch, started.epochs, not view.live)
            view.curves = series.curves(0, view.epochs, limit, columns, request)
        return view

    def _smoothed(self, request: CurveRequest) -> RunSeries | None:
        """The run's series with the means that are asked for; other ones are read anew."""
        started: Started | None = self._state.last(Started)
        if self._series and started and self._series.smoothing != request.smoothing:
            self._series = RunSeries(
                self._run, started, self._metric, self._second_metric, request.smoothing
            )
        return self._series

    def _add_steps(
        self,
        view: RunView,
        state: State,
        series: RunSeries,
        records: Records,
        columns: int,
        now: bool,
        request: CurveRequest,
    ) -> None:
        """Add what the records of the steps say, which are all of them where it is `now`."""
        assert view.started
        per_epoch = view.started.steps_per_epoch
        end = len(series.records()) if now else len(records)
        series.read_on(end, READ_FOR if series.read else READ_FIRST)
        view.read = min(series.read / view.step, self._state.read)
        limit = epoch_limit(view.step / per_epoch, view.started.epochs, not view.live)
        seconds = None if view.elapsed is None else int(view.elapsed)
        dot = int(min(series.read, view.step) / per_epoch / limit * columns * DOTS)
        shown = (limit, columns, request)
        drawn = (self._past, dot if now else view.step, shown, view.status, seconds, now)
        if drawn != self._drawn or view.read < 1:  # else nothing would be seen to move
            self._drawn = drawn
            self._curves = series.curves(view.step, view.epochs, limit, columns, request)
            self._layer_figures = [
                *self._layers.figures(records, limit * per_epoch),
                *self._activations.figures(view.step),
            ]
        view.curves, view.layer_figures = self._curves, self._layer_figures
        if not now or not view.live or seconds != self._second:
            self._second = seconds if now else None
            self._speed = speed(records[-RECENT:])
        view.steps = per_epoch * view.started.epochs
        view.step_ms, view.samples_per_second = self._speed
        if ended := view.ended:  # the same figures as `show` prints
            view.step_ms = ended.median_step_ms
            view.samples_per_second = ended.samples_per_second
        view.learning_rate = state.learning_rate
        view.remaining = _remaining(view, state)

    def _seconds(self) -> float:
        """Seconds up to now, without pauses and those without a worker."""
        state = self._state
        if state.events:
            at_work = state.status in LIVE and state.status != "paused"
            since = max(time() - state.events[-1].time, 0.0) if at_work else 0.0
            self._elapsed = max(state.elapsed + since, self._elapsed)
        return self._elapsed

    def _elapsed_at(self, state: State, step: int | None) -> float:
        """Seconds up to a step."""
        if step is None:
            return self._seconds()
        record = state.newest_step
        if record is None or state.status == "paused":
            return state.elapsed
        return state.elapsed + waited(state.events[-1].time, record["time"])


def _add_events(view: RunView, state: State) -> None:
    """Add what the events say."""
    history = state.history
    view.experiment, view.events = state.run.experiment, state.events
    if view.status == "compiling":
        view.compiling = state.last(Compiling)
    view.epochs, view.figures = state.epochs, figures(state)
    view.decided = list(history.decided)
    view.has_pictures = state.last(ArtifactWritten) is not None
    view.findings = state.run.experiment.data_spec.doubts
    view.failed_checks, view.diagnoses = state.failed_checks, list(state.diagnoses)
    view.early_stopped = state.last(EarlyStopped)
    view.ended = state.last(Ended)
    test = state.evaluated("test")
    view.test = test.metrics if test else {}
    view.comparison = state.comparison
    view.failure = state.failure
    if view.failure:
        view.log = log_tail(state.run)


def _remaining(view: RunView, state: State) -> float | None:
    """Seconds to the last possible epoch, at the pace of whole epochs where one is known."""
    if not view.live or view.status == "stopping" or view.step_ms is None:
        return None
    left = max(view.steps - view.step, 0)
    return left * (state.pace or view.step_ms / 1000)


def speed(recent: Records) -> Speed:
    """Median milliseconds a step, and samples a second."""
    recent = recent[np.isfinite(recent["seconds"])]
    if not len(recent):
        return 0.0, 0.0
    seconds = np.asarray(recent["seconds"], np.float64)
    samples_per_second = float(recent["samples"].sum() / max(seconds.sum(), 1e-9))
    return float(medians(seconds, 0)) * 1000, samples_per_second


def epoch_limit(progress: float, epochs: int, over: bool) -> float:
    """Where the epoch axis ends: it grows in steps, so that most redraws change few rows."""
    if over:
        return max(progress, 1.0)
    power = 10.0 ** floor(log10(max(progress, 1.0)))
    limit = next(m * power for m in (1, 2, 3, 5, 8, 10) if m * power >= progress)
    return max(progress, min(limit, float(epochs)))
