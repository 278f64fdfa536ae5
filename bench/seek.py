"""Cost of showing any moment of a long run: its view, the playhead's strip, the charts."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple, TypeVar

from bench.feed import STEPS, Feed
from bench.report import Section, verdict
from tui_dl.drawing.chart_spec import loss_chart, metric_chart
from tui_dl.drawing.chart_view import ChartView
from tui_dl.drawing.playhead_strip import playhead_strip
from tui_dl.drawing.plot import plot
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.folder import create
from tui_dl.runs.playhead import Playhead
from tui_dl.runs.step_log import StepLog
from tui_dl.runs.view_follower import RunFollower
from tui_dl.spec.toml.reading import read

RECORDED = 1_000_000  # steps
MOMENTS = 40
COLUMNS = 100  # half of a wide terminal
VIEW, STRIP, CHARTS = 40.0, 50.0, 150.0  # milliseconds

SAYS = f"""Milliseconds of processor time, the median of {MOMENTS} moments of a run of
{RECORDED:,} steps in {RECORDED // STEPS:,} epochs, once it was read. The strip is on screen when
the view and itself are made; the charts are both of a screen of 200x60. Budget: {VIEW:g} ms for
the view, {STRIP:g} ms for the strip, {CHARTS:g} ms for the charts."""

Result = TypeVar("Result")


class Seek(NamedTuple):
    """Medians."""

    moments: str
    view_ms: float
    strip_ms: float
    charts_ms: float
    view_verdict: str
    strip_verdict: str
    charts_verdict: str


def section() -> Section:
    """Seeking at random, and playing forward and back an epoch at a time."""
    draw = random.Random(0)
    middle = range(RECORDED // 2, RECORDED // 2 + MOMENTS * STEPS, STEPS)
    anywhere = [draw.randrange(RECORDED) for _ in range(MOMENTS)]
    orders = {"random": anywhere, "forward": [*middle], "back": [*reversed(middle)]}
    with tempfile.TemporaryDirectory() as home:
        follower = recorded(Path(home))
        rows = [seek(name, follower, steps) for name, steps in orders.items()]
    return Section("Seeking", SAYS, rows)


def recorded(home: Path) -> RunFollower:
    """A follower that has read the whole run."""
    experiment = read("lenet5", [f"train.epochs={RECORDED // STEPS}"])
    run = create(home, "lenet5", experiment)
    feed = Feed(experiment, EventLog(run.events), StepLog(run.steps), time.time())
    for _ in range(RECORDED // STEPS):
        feed.epoch()
    follower = RunFollower(run)
    while follower.at(None, COLUMNS).read < 1:
        pass
    return follower


def seek(name: str, follower: RunFollower, steps: list[int]) -> Seek:
    """Go to each of `steps`."""
    view, strip, charts = (median(column) for column in zip(*_costs(follower, steps), strict=True))
    verdicts = verdict(view, limit=VIEW), verdict(strip, limit=STRIP), verdict(charts, limit=CHARTS)
    return Seek(name, view, strip, charts, *verdicts)


def _costs(follower: RunFollower, steps: list[int]) -> Iterator[tuple[float, float, float]]:
    """Milliseconds for the view, for it and the strip, and for the charts."""
    for step in steps:
        present = follower.update()
        view, first = _timed(lambda: follower.at(step, COLUMNS))  # noqa: B023
        _, second = _timed(lambda: playhead_strip(Playhead(float(step)), present, 198))  # noqa: B023
        charts = loss_chart(view, ChartView()), metric_chart(view, ChartView())
        _, third = _timed(lambda: [plot(chart, 132, 24) for chart in charts])  # noqa: B023
        yield first, first + second, third


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    began = time.process_time()
    result = work()
    return result, (time.process_time() - began) * 1e3
