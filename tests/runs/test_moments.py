"""What is shown of a run at any step is what was shown of it when it had made so many."""

from __future__ import annotations

import os
import random
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

import tui_dl
from tests.runs.stopped import steps_of, stopped_at
from tests.ui.fabricate import STEP_SECONDS, Worker
from tui_dl.drawing.chart_view import ChartView
from tui_dl.drawing.colours import Look
from tui_dl.drawing.layer_bars import layer_bars
from tui_dl.drawing.layer_map import layer_map
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.protocol import events
from tui_dl.protocol.events import Diagnosed, EarlyStopped, LearningRateChanged, Started
from tui_dl.runs import lock, view_follower
from tui_dl.runs.folder import Run
from tui_dl.runs.home import all_runs
from tui_dl.runs.rewind import rewind
from tui_dl.runs.status import State
from tui_dl.runs.view import RunView
from tui_dl.runs.view_follower import RunFollower
from tui_dl.spec.toml.reading import read

MOMENTS = 12  # of each run
STEP_SCHEDULE = 'train.schedule={kind="step",every=2,factor=0.5}'
PRESETS = {
    "first-network": ("train.epochs=4", STEP_SCHEDULE),
    "vanishing-gradient": ("train.epochs=3",),
    "early-stopping": ("train.early_stopping.patience=2", "train.epochs=60"),
    "lenet5": ("train.epochs=2", "data.batch_size=256", 'train.metrics=["accuracy", "f1"]'),
    "memory": ("train.epochs=3", "data.samples=400"),
    "translate-dates": ("train.epochs=1", "data.samples=600"),
}


def trained(home: Path, preset: str) -> Run:
    for _ in tui_dl.train(read(preset, list(PRESETS[preset])), runs=str(home), threads=1):
        pass
    (run,) = all_runs(home)
    return run


def moments(run: Run) -> Iterator[int]:
    """Random steps forward and back, among them both ends and those of an epoch."""
    state, last = State(run), steps_of(run)
    per_epoch = state.last(Started).steps_per_epoch
    draw = random.Random(run.name)
    steps = {0, 1, per_epoch - 1, per_epoch, per_epoch + 1, last - 1, last}
    decided = [it.step for it in state.events if isinstance(it, Diagnosed | LearningRateChanged)]
    steps |= {step + more for step in decided for more in (-1, 0, 1)}
    chosen = [*steps, *(draw.randrange(last) for _ in range(MOMENTS))]
    draw.shuffle(chosen)
    yield from (step for step in chosen if 0 <= step <= last)


def drawn(view: RunView) -> list[list[StyledLine]]:
    """What the panels of the layers' figures show."""
    if view.started is None:
        return []
    axis = ChartView().axis(view)
    maps = [layer_map(it, axis, 100, 20, Look()) for it in view.layer_figures]
    return [*maps, *(layer_bars(it, 40, 20, Look()) for it in view.layer_figures)]


def check_moments(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> list[RunView]:
    """Compare views of `run` with those of copies that end there; returns them."""
    follower, last, views = RunFollower(run), steps_of(run), []
    for step in moments(run):
        view = follower.at(step, 100)
        views.append(view)
        assert view.step == step
        if step == last:
            assert repr(view) == repr(RunFollower(run).at(None, 100))
            continue
        with stopped_at(run, step, home) as (copy, now):
            monkeypatch.setattr(view_follower, "time", lambda: now)
            there = RunFollower(copy).at(None, 100)
            assert repr(view) == repr(there), step
            assert drawn(view) == drawn(there)
    return views


@pytest.mark.slow
@pytest.mark.parametrize("preset", PRESETS)
def test_a_view_at_a_step_is_that_of_a_run_stopped_there(
    preset: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = trained(home, preset)
    views = check_moments(run, tmp_path / "copies", monkeypatch)
    figures = {it.kind for view in views for it in view.layer_figures}
    assert figures >= {"gradient", "update_ratio", "weight_norm"}
    assert (preset in ("first-network", "lenet5")) <= ("dead" in figures)
    assert (preset == "vanishing-gradient") <= ("saturated" in figures)
    kinds = {type(event) for event in State(run).events}
    assert (Diagnosed in kinds) == any(view.diagnoses for view in views)
    assert (preset == "vanishing-gradient") <= (Diagnosed in kinds)
    assert (preset == "early-stopping") == (EarlyStopped in kinds)
    assert (preset == "first-network") <= (LearningRateChanged in kinds)


@pytest.mark.slow
def test_a_run_that_was_resumed_has_one_past(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui_dl.process.worker import Worker as RealWorker

    experiment = read("first-network", ["train.epochs=6"])
    training = tui_dl.train(experiment, runs=str(home), threads=1)
    for event in training:
        if getattr(event, "epoch", 0) == 2:
            break
    assert isinstance(training, Generator)
    training.close()
    (run,) = all_runs(home)
    assert State(run).status == "stopped"
    held = lock.hold(run.lock)
    rewind(run)
    with lock.Keeper(run.lock, held) as keeper:
        for _ in RealWorker(Run(run.path), keeper).train(1):
            pass
    run = Run(run.path)
    assert State(run).status == "finished"
    assert len(State(run).history.all(Started)) == 2
    check_moments(run, tmp_path / "copies", monkeypatch)


def test_pauses_rates_and_diagnoses_come_when_they_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = Worker(tmp_path / "runs", second="top_3").start().compile(2).train(2, best=5)
    worker.append(events.Acknowledged, command="pause", step=40)
    worker.append(events.Paused, step=40)
    worker.time += 60
    worker.append(events.Continued, step=40)
    worker.steps_of(3, 7)
    worker.append(events.Acknowledged, command="set", step=47, learning_rate=0.5)
    worker.append(LearningRateChanged, step=47, learning_rate=0.5)
    worker.steps_of(3, 13)
    worker.train(1, best=5).diagnose().train(4, best=5)
    worker.append(events.Evaluated, split="test", loss=0.1, accuracy=0.9, metrics={"top_3": 0.9})
    run = worker.stop_early(patience=2).run
    views = {view.step: view for view in check_moments(run, tmp_path / "copies", monkeypatch)}
    assert len(views[46].decided) == 1
    assert len(views[47].decided) == 2
    assert views[47].learning_rate == 0.5
    first, later = views[1].elapsed, views[21].elapsed
    assert first is not None
    assert later == pytest.approx(first + 20 * STEP_SECONDS, abs=1e-3)
    assert not any(view.test for step, view in views.items() if step < steps_of(run))


def test_a_run_that_is_read_in_parts_shows_what_it_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.fake_run import finished_run
    from tui_dl.runs import series

    run = finished_run(tmp_path)
    monkeypatch.setattr(series, "CHUNK", 15)
    monkeypatch.setattr(view_follower, "READ_FIRST", 0.0)
    monkeypatch.setattr(view_follower, "READ_FOR", 0.0)
    follower = RunFollower(run)
    assert [follower.at(30, 100).read for _ in range(3)] == [0.5, 1.0, 1.0]
    assert follower.at(None, 100).read == 0.75
    assert max(follower.at(None, 100).curves.loss[0]) == 3.0
    assert max(follower.at(30, 100).curves.loss[0]) == 1.5
    os.truncate(run.steps, 0)
    assert follower.at(30, 100).step == 0


def test_without_its_steps_the_curves_are_those_of_its_epochs(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(6).end("finished", best=6)
    whole = RunFollower(worker.run).at(None, 100).curves
    worker.run.steps.unlink()
    view = RunFollower(worker.run).at(None, 100)
    curves, ended = view.curves, view.epochs
    numbers = [float(it.epoch) for it in ended]
    assert curves.loss == (numbers, [it.train_loss for it in ended])
    assert curves.metric == (numbers, [it.train_accuracy for it in ended])
    assert curves.validation_loss == whole.validation_loss
    assert curves.validation_metric == whole.validation_metric
    assert (curves.x_limit, curves.mean_of) == (6.0, 1)
