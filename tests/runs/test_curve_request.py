"""What is asked of a run's curves: exact numbers at a cursor, a part of the run, other means."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ui.fabricate import STEPS_PER_EPOCH, Worker
from tui_dl.drawing.chart_spec import loss_chart, metric_chart
from tui_dl.drawing.chart_view import ChartView
from tui_dl.protocol.events import Started
from tui_dl.runs.curve_request import WHOLE, CurveRequest, mean_of
from tui_dl.runs.status import State
from tui_dl.runs.step_log import Records, read_steps
from tui_dl.runs.training_time import TrainingTime
from tui_dl.runs.view_follower import RunFollower
from tui_dl.support.formatting import metric_figure, short

EPOCHS = 9


@cache
def follower() -> tuple[RunFollower, Records]:
    """A run that was read, and its records."""
    worker = Worker(Path(mkdtemp())).start().train(EPOCHS)
    records = read_steps(worker.run.steps, State(worker.run).last(Started).step_fields)
    return RunFollower(worker.run), records


@settings(max_examples=60, deadline=None)
@given(st.integers(1, EPOCHS * STEPS_PER_EPOCH), st.sampled_from([0.0, 0.25, 1.0, 4.0]))
def test_the_numbers_at_the_cursor_are_those_of_the_series(step: int, smoothing: float) -> None:
    run, records = follower()
    view = run.at(None, 60, CurveRequest(cursor=step, smoothing=smoothing))
    at = view.curves.cursor
    assert at is not None
    window = mean_of(smoothing, STEPS_PER_EPOCH)
    for field, value, mean in (
        ("loss", at.loss, at.smooth_loss),
        ("metric", at.metric, at.smooth_metric),
    ):
        assert value == float(records[field][step - 1])
        last = records[field][max(step - window, 0) : step].astype(float)
        assert mean == pytest.approx(float(last.mean()), rel=1e-6)
    assert at.seconds == pytest.approx(float(records["seconds"][:step].sum()), rel=1e-5)
    ended = [it for it in view.epochs if it.step <= step]
    assert at.epoch == len(ended)
    assert at.validation_loss == (ended[-1].validation_loss if ended else None)
    shown = ChartView(cursor=step, smoothing=smoothing)
    said = {it.name: it.value for it in loss_chart(view, shown).lines}
    assert said["train"] == short(at.smooth_loss)
    assert said.get("each step", short(at.loss)) == short(at.loss)
    said = {it.name: it.value for it in metric_chart(view, shown).lines}
    assert said["train"] == metric_figure("accuracy", at.smooth_metric)


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 8), st.floats(0.01, 3), st.integers(10, 80))
def test_a_part_of_a_run_is_as_exact_as_its_columns(
    first: float, width: float, columns: int
) -> None:
    run, records = follower()
    window = (first, min(first + width, float(EPOCHS)))
    curves = run.at(None, columns, CurveRequest(window)).curves
    x, y = (np.array(it) for it in curves.loss)
    steps = np.rint(x * STEPS_PER_EPOCH).astype(int)
    np.testing.assert_array_equal(y, records["loss"][steps - 1].astype(float))
    inside = [
        step for step in range(1, len(records) + 1)
        if window[0] <= step / STEPS_PER_EPOCH <= window[1]
    ]  # fmt: skip
    if inside:
        assert steps[0] <= inside[0]
        assert steps[-1] >= inside[-1]
        losses = records["loss"][np.array(inside) - 1].astype(float)
        assert {losses.min(), losses.max()} <= set(y.tolist())
    if len(inside) <= columns:
        assert set(inside) <= set(steps.tolist())


def test_another_smoothing_is_the_mean_of_other_steps_and_can_be_undone() -> None:
    run, records = follower()
    before = run.at(None, 200)
    curves = run.at(None, 200, CurveRequest(smoothing=0.25)).curves
    assert curves.mean_of == 5
    losses = records["loss"].astype(float)
    for x, y in zip(*curves.smooth_loss, strict=True):
        step = round(x * STEPS_PER_EPOCH)
        assert y == pytest.approx(losses[max(step - 5, 0) : step].mean(), rel=1e-6)
    assert run.at(None, 200, WHOLE) == before


def parts(
    values: np.ndarray[tuple[int], np.dtype[np.float64]], size: int
) -> Iterator[TrainingTime]:
    time = TrainingTime()
    for first in range(0, len(values), size):
        time.extend(values[first : first + size])
    yield time


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_training_time_adds_up_however_it_is_read(size: int) -> None:
    values = np.random.default_rng(0).uniform(0, 1, 1000)
    values[[3, 70, 500]] = np.nan, -1.0, np.inf
    sound = np.where(np.isfinite(values) & (values > 0), values, 0.0)
    (time,) = parts(values, size)
    for end in (0, 1, 63, 64, 65, 999, 1000):
        steps = np.array(sorted({0, end, end // 64 * 64}))
        found = time.at(steps, end, lambda first, last: values[first:last])
        expected = np.append(0.0, np.cumsum(sound))[steps]
        np.testing.assert_array_equal(found, expected)
