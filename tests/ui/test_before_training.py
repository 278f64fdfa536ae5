"""Before training starts: what a run is called, and the question that a long one is worth."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, drive, eventually, settle, text
from tests.ui.test_runs import highlight
from tui_dl.protocol.measured_time import MeasuredTime
from tui_dl.spec.experiment import Experiment
from tui_dl.ui import time_measurer
from tui_dl.ui.app import TuiDl

Started = list[tuple[str, Experiment]]


def test_more_epochs_are_in_the_name(tmp_path: Path, started: Started) -> None:
    run = Worker(tmp_path, "first-network").start().train(6).end("finished", best=6).run

    async def more(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await settle(app, pilot)
        highlight(app, run.name)
        await pilot.press("m", *"15", "enter")
        await settle(app, pilot)

    drive(tmp_path, None, more)
    ((name, experiment),) = started
    assert name == "first-network-epochs-15"
    assert experiment.train.epochs == 15


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        ("3,t", "network"),
        ("end,b,t", "lenet5"),
        ("end,b,enter,backspace,3,enter,t", "lenet5-kernel-3"),
    ],
)
def test_what_was_built_is_in_the_name(
    keys: str, name: str, tmp_path: Path, started: Started
) -> None:
    async def build(app: TuiDl, pilot: Session) -> None:
        for key in keys.split(","):
            await pilot.press(key)
            await settle(app, pilot)

    drive(tmp_path, None, build)
    assert [it for it, _ in started] == [name]


@pytest.mark.parametrize(("answer", "starts"), [("y", True), ("n", False), ("enter", False)])
def test_a_long_run_is_asked_for_first(
    answer: str, starts: bool, tmp_path: Path, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = MeasuredTime(100.0, {})  # seconds an epoch
    monkeypatch.setattr(time_measurer, "compute", lambda *_, **__: slow)

    async def build(app: TuiDl, pilot: Session) -> None:
        await pilot.press("end", "b")
        await eventually(app, pilot, "100 s an epoch", "1:40 an epoch")
        await pilot.press("t")
        await eventually(app, pilot, "It takes up to")
        assert started == []
        assert "Train lenet5?" in text(app)
        await pilot.press(answer)
        await settle(app, pilot)

    drive(tmp_path, None, build)
    assert bool(started) == starts


def test_a_short_run_is_not_asked_for(tmp_path: Path, started: Started) -> None:
    async def build(app: TuiDl, pilot: Session) -> None:
        await pilot.press("end", "b")
        await eventually(app, pilot, "an epoch")
        await pilot.press("t")
        await settle(app, pilot)

    drive(tmp_path, None, build)
    assert [name for name, _ in started] == ["lenet5"]
