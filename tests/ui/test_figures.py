"""The numbers on the screen are those of `show`, whatever an epoch is."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from textual.pilot import Pilot

from tests.ui import fabricate
from tests.ui.fabricate import Worker
from tests.ui.screens import drive, text
from tui_dl.cli.main import main
from tui_dl.protocol.check_result import CheckResult
from tui_dl.protocol.events import Baseline, BaselinesEvaluated, CheckFailed, Started
from tui_dl.runs.folder import Run
from tui_dl.runs.status import State
from tui_dl.runs.step_log import read_steps
from tui_dl.runs.view_follower import RunFollower
from tui_dl.ui.app import TuiDl


@pytest.mark.parametrize("per_epoch", [1, 3, 20, 50])
@pytest.mark.parametrize("over", [False, True])
def test_the_screen_says_what_show_says(
    per_epoch: int, over: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(fabricate, "STEPS_PER_EPOCH", per_epoch)
    worker = Worker(tmp_path).start().train(6, best=4)
    if over:
        worker.stop_early(patience=2)
    assert main(["show", "last", "--runs", str(tmp_path)]) == 0
    said = dict(re.findall(r"^(train loss|validation) +([\d.]+)", capsys.readouterr().out, re.M))
    shown = ""

    async def look(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        nonlocal shown
        shown = text(app)

    drive(tmp_path, worker.run, look)
    assert f"train {said['train loss']}" in shown
    assert f"validation {said['validation']}" in shown
    assert f"train {0.01:.4f}" in shown or not over


def test_thousands_of_epochs_are_written_with_a_comma(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fabricate, "STEPS_PER_EPOCH", 1)
    worker = Worker(tmp_path).start().train(1010, best=1002).stop_early(patience=8)
    assert main(["show", "last", "--runs", str(tmp_path)]) == 0
    assert "1,010, the best was 1,002" in capsys.readouterr().out

    async def look(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        for says in ("stopped at", "best", "of"):
            assert re.search(rf"{says} (epoch )?1,0\d\d", text(app))
        assert not re.search(r"\b1002\b|\b1010\b", text(app))

    drive(tmp_path, worker.run, look, (160, 45))


@pytest.mark.parametrize(
    ("network", "says"),
    [
        (0.985, "7.5 points better than a linear model"),
        (0.9, "1.0 points worse than a linear model"),
    ],
)
def test_the_screen_compares_with_baselines(network: float, says: str, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(6, best=4)
    linear = Baseline(metrics={"accuracy": 0.91}, samples=100)
    constant = Baseline(metrics={"accuracy": 0.35}, samples=100)
    facts = {"split": "test", "metric": "accuracy", "network": network}
    worker.append(BaselinesEvaluated, linear=linear, constant=constant, **facts)
    worker.stop_early(patience=2)
    shown = ""

    async def look(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        nonlocal shown
        shown = text(app)

    drive(tmp_path, worker.run, look)
    assert f"test accuracy 98.5 %  ·  linear 91.0 %  ·  majority 35.0 %  ·  {says}" in shown


def test_the_screen_compares_losses_where_baselines_have_one(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(6, best=4)
    counts, constant = (Baseline(metrics={"loss": it}, samples=100) for it in (1.9, 2.9))
    facts = {"split": "test", "metric": "loss", "network": 0.5}
    worker.append(BaselinesEvaluated, constant=constant, others={"order_2_counts": counts}, **facts)
    worker.stop_early(patience=2)
    shown = ""

    async def look(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        nonlocal shown
        shown = text(app)

    drive(tmp_path, worker.run, look)
    assert re.search(
        r"test loss [\d.]+  ·  order 2 counts 1\.900  ·  frequencies 2\.900  ·  "
        r"1\.400 better than order 2 counts",
        shown,
    )


def test_a_failed_check_is_shown_until_there_is_a_diagnosis(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start()
    result = CheckResult("gradient_flow", False, 0.0, 1e-6, None, "no gradient", "use relu")
    worker.append(CheckFailed, result=result)
    worker.train(3)
    shown: list[str] = []

    async def look(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        shown.append(text(app))

    drive(tmp_path, worker.run, look)
    worker.diagnose()
    drive(tmp_path, worker.run, look)
    first, second = shown
    assert "▲ gradient flow: no gradient" in first
    assert "try: use relu" in first
    assert "▲ vanishing gradient: dense_1 gets" in second
    listed = State(worker.run)
    assert listed.failed_checks == [result]


@pytest.mark.parametrize("per_epoch", [1, 3, 20])
def test_the_train_curve_goes_through_the_epochs_means(
    per_epoch: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fabricate, "STEPS_PER_EPOCH", per_epoch)
    worker = Worker(tmp_path).start().train(6)
    view = RunFollower(worker.run).poll(200)
    assert view is not None
    x, y = view.curves.smooth_loss
    curve = dict(zip(np.round(x, 9), y, strict=True))
    steps = read_steps(worker.run.steps, State(worker.run).last(Started).step_fields)
    losses = np.asarray(steps["loss"], float).reshape(6, per_epoch)
    for epoch, loss in enumerate(losses.mean(axis=1), 1):
        assert curve[epoch] == pytest.approx(loss)
