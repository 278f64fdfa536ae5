"""How the charts of a run are looked at: cursor, zoom, smoothing, axes; keys change only this."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tui_dl.drawing.x_axis import UNITS, Unit, XAxis
from tui_dl.runs.curve_request import WHOLE, CurveRequest, mean_of
from tui_dl.runs.view import NO_POINTS, RunView

SMOOTHING = (0.0, 1 / 16, 1 / 4, 1.0, 4.0, 16.0)  # epochs that a mean is taken over; 0: none
ZOOM = 2.0
LEAST_STEPS = 8  # that a chart shows
PAN = 0.5  # of what is shown


@dataclass(frozen=True)
class ChartView:
    """One state for all charts of a run; every method returns the state after a key.

    Attributes:
        cursor: the step whose numbers are shown, from 1; None without a cursor.
        window: the first and the last epoch that are shown; None for the whole run.
        smoothing: epochs over whose steps the mean is taken; 0 for none.
        unit: what the horizontal axis is in.
        log: whether the loss is on a log scale.
        outliers: whether the vertical axis shows all values.
    """

    cursor: int | None = None
    window: tuple[float, float] | None = None
    smoothing: float = WHOLE.smoothing
    unit: Unit = "epoch"
    log: bool = False
    outliers: bool = False

    @property
    def request(self) -> CurveRequest:
        """What is asked of the run's curves."""
        return CurveRequest(self.window, self.smoothing, self.cursor)

    def axis(self, view: RunView) -> XAxis:
        """The horizontal axis of a run's charts."""
        first, last = self.window or (0.0, view.curves.x_limit)
        seconds = view.curves.seconds if self.unit == "time" else NO_POINTS
        return XAxis(first, last, self.unit, per_epoch(view), seconds)

    def move_cursor(self, columns: int, view: RunView, width: int) -> ChartView:
        """Move the cursor some columns of charts that are `width` wide, but a step at least.

        It begins at the newest step. Where it would leave the chart, the window goes with it.
        """
        newest = view.step
        if not newest:
            return self
        if self.cursor is None:
            return replace(self, cursor=newest)._followed(view)
        axis, steps = self.axis(view), per_epoch(view)
        column = axis.column(self.cursor / steps, width) + columns
        step = round(axis.epoch_at(column, width) * steps)
        least = self.cursor + (1 if columns > 0 else -1)
        step = max(step, least) if columns > 0 else min(step, least)
        return replace(self, cursor=min(max(step, 1), newest))._followed(view)

    def without_cursor(self) -> ChartView:
        """Remove the cursor."""
        return replace(self, cursor=None)

    def zoom_in(self, view: RunView) -> ChartView:
        """Show half as much, around the cursor, or else the newest step."""
        return self._zoomed(1 / ZOOM, view)

    def zoom_out(self, view: RunView) -> ChartView:
        """Show twice as much."""
        return self._zoomed(ZOOM, view)

    def pan(self, direction: int, view: RunView) -> ChartView:
        """Go back (-1) or forward (1) in the run, as far as there is something."""
        if self.window is None:
            return self
        first, last = self.window
        return self._at(first + direction * PAN * (last - first), last - first, view)

    def fit(self) -> ChartView:
        """Show the whole run."""
        return replace(self, window=None)

    def smoother(self, direction: int, view: RunView) -> ChartView:
        """Take the mean over more (1) or fewer (-1) steps; none comes after the most."""
        means = {mean_of(it, per_epoch(view)): it for it in reversed(SMOOTHING)}
        levels = sorted(means.values())
        now = means.get(mean_of(self.smoothing, per_epoch(view)), 0.0)
        return replace(self, smoothing=levels[(levels.index(now) + direction) % len(levels)])

    def next_unit(self) -> ChartView:
        """Show epochs, steps and time in turn."""
        return replace(self, unit=UNITS[(UNITS.index(self.unit) + 1) % len(UNITS)])

    def toggle_log(self) -> ChartView:
        """Show the loss on a log scale, or on a linear one again."""
        return replace(self, log=not self.log)

    def toggle_outliers(self) -> ChartView:
        """Let the vertical axis reach all values, or leave spikes out again."""
        return replace(self, outliers=not self.outliers)

    def _zoomed(self, times: float, view: RunView) -> ChartView:
        """Show `times` as much; the middle of the zoom stays where it is."""
        first, last = self.window or (0.0, view.curves.x_limit)
        step = view.step if self.cursor is None else self.cursor
        place = min(max(step / per_epoch(view), first), last)
        width = max((last - first) * times, LEAST_STEPS / per_epoch(view))
        share = (place - first) / (last - first) if last > first else 0.0
        return self._at(place - share * width, width, view)

    def _at(self, first: float, width: float, view: RunView) -> ChartView:
        """Show `width` epochs from `first` on, as far as the run's axis goes."""
        limit = view.curves.x_limit
        if width >= limit:
            return self.fit()
        first = min(max(first, 0.0), limit - width)
        return replace(self, window=(first, first + width))

    def _followed(self, view: RunView) -> ChartView:
        """The window moved until the cursor is in it."""
        if self.window is None or self.cursor is None:
            return self
        (first, last), place = self.window, self.cursor / per_epoch(view)
        if first <= place <= last:
            return self
        return self._at(place if place < first else place - (last - first), last - first, view)


def per_epoch(view: RunView) -> int:
    """Steps of an epoch; 1 before that is known."""
    return view.started.steps_per_epoch if view.started else 1
