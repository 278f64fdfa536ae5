"""How the run screen looks: terminals of every size, themes, scales and a second metric."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, at_every_size, drive, eventually, settle, text
from tui_dl.protocol import events
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.chart import Chart


@pytest.mark.parametrize("size", [(80, 24), (100, 24)])
def test_patience_is_never_cut(size: tuple[int, int], tmp_path: Path) -> None:
    worker = Worker(tmp_path, patience=1000).start().train(20, best=1)

    async def look(app: TuiDl, pilot: Session) -> None:
        assert re.search(r"patience (□+ )?19/1000 ", text(app))

    drive(tmp_path, worker.run, look, size)


def test_the_smallest_terminal_shows_what_matters(tmp_path: Path) -> None:
    worker = Worker(tmp_path, "vanishing-gradient", layer_decay=0.15).start().train(2)

    async def look(app: TuiDl, pilot: Session) -> None:
        shown = text(app)
        for words in ("q Quit", "^p Menu", " vanishing-gradient ", "Loss", "epoch 2/10"):
            assert words in shown
        await pilot.press("2")
        await settle(app, pilot)
        for words in ("2 Gradients", "dense_1·2 ", "dense_11·12 "):
            assert words in text(app)
        await pilot.press("s")
        await settle(app, pilot)
        assert "step. Weights and" in text(app)
        assert "curves so far are kept." in text(app)

    drive(tmp_path, worker.run, look, (60, 16))


def test_a_terminal_that_is_too_small_is_told_so(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)

    async def shrink(app: TuiDl, pilot: Session) -> None:
        await pilot.resize_terminal(59, 16)
        await eventually(app, pilot, "this terminal is 59x16.")
        worker.diagnose().fail("the loss is not finite", "no step after it")
        await settle(app, pilot)
        sentence = "tui-dl needs 60x16; this terminal is 59x16. q quits."
        assert " ".join(text(app).split()).replace("Training goes on. ", "") == sentence
        await pilot.resize_terminal(60, 16)
        await eventually(app, pilot, "Loss")
        await eventually(app, pilot, "the loss is not finite")

    drive(tmp_path, worker.run, shrink)


@pytest.mark.parametrize("theme", ["textual-light", "ansi-dark"])
def test_other_themes_show_the_same(theme: str, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().compile(2).train(9, best=7)

    async def change(app: TuiDl, pilot: Session) -> None:
        before = text(app)
        app.theme = theme
        await settle(app, pilot)
        assert text(app) == before

    drive(tmp_path, worker.run, change)


def test_no_color_tells_the_curves_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    worker = Worker(tmp_path).start().compile(2).train(9, best=7)

    async def look(app: TuiDl, pilot: Session) -> None:
        legend = app.screen.query_one("#loss_chart", Chart).plain.splitlines()[0]
        assert "⠒⠶⠤ validation" in legend
        assert "⠒⠤ train" in legend
        assert "best 7" in text(app)

    drive(tmp_path, worker.run, look)


def test_the_loss_can_be_shown_by_powers_of_ten(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().compile(2).train(9, best=7)

    async def switch(app: TuiDl, pilot: Session) -> None:
        chart = app.screen.query_one("#loss_chart", Chart)
        assert "0.1 ┤" not in chart.plain
        await pilot.press("l")
        assert "0.1 ┤" in chart.plain
        await pilot.press("l")
        assert "0.1 ┤" not in chart.plain

    drive(tmp_path, worker.run, switch)


@at_every_size
def test_no_toast_covers_diagnosis_or_status(size: tuple[int, int], tmp_path: Path) -> None:
    worker = Worker(tmp_path, "vanishing-gradient").start().train(6).diagnose()

    async def look(app: TuiDl, pilot: Session) -> None:
        before = text(app).splitlines()
        app.notify("Checkpoint saved (step 120). " * 4, title="Checkpoint")
        await eventually(app, pilot, "Checkpoint saved")
        assert text(app).splitlines()[-6:] == before[-6:]
        assert "▲ vanishing gradient" in before[-6]

    drive(tmp_path, worker.run, look, size)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_second_metric_shares_the_chart_with_accuracy(
    size: tuple[int, int], tmp_path: Path
) -> None:
    worker = Worker(tmp_path, second="top_3").start().train(9)
    worker.append(events.Evaluated, split="test", loss=0.1, accuracy=0.9, metrics={"top_3": 0.993})
    worker.end("finished", best=9)

    async def look(app: TuiDl, pilot: Session) -> None:
        shown = text(app)
        assert "Accuracy, × top 3" in shown
        assert "test top 3 99.3 %" in shown
        chart = app.screen.query_one("#metric_chart", Chart).plain
        assert 4 < chart.count("×") <= 10  # some hidden by other curves; one in the legend
        assert "⠒×⠤ top 3 63.2 %" in chart
        assert "×" not in app.screen.query_one("#loss_chart", Chart).plain

    drive(tmp_path, worker.run, look, size)
