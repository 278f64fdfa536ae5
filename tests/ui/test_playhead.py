"""The playhead on the run screen: every panel shows the moment that it is at."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.geometry import Size

from tests.runs.stopped import stopped_at
from tests.ui.fabricate import Worker
from tests.ui.screens import Session, at_every_size, drive, eventually, settle, text
from tui_dl.drawing.chart_marks import PLAYHEAD
from tui_dl.protocol import events
from tui_dl.runs import view_follower
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.rows import Rows
from tui_dl.ui.panels.run.playhead import PlayheadLine
from tui_dl.ui.panels.run.status import StatusLines
from tui_dl.ui.screens.run import RunScreen


def finished(home: Path) -> Worker:
    """A run of 17 epochs with a changed rate and a diagnosis; the ninth is the best."""
    worker = Worker(home).start().compile(2).train(4, best=9)
    worker.append(events.LearningRateChanged, step=80, learning_rate=0.001, scheduled=True)
    worker.train(2, best=9).diagnose()
    return worker.train(11, best=9).stop_early(patience=8)


def strip(app: TuiDl) -> str:
    return app.screen.query_one(PlayheadLine).plain


async def until(app: TuiDl, pilot: Session, words: str) -> None:
    """Wait until the playhead is where it says so, and all panels are drawn."""
    await eventually(app, pilot, words)
    await settle(app, pilot)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("comma", "‖ 16/30 · after step 320"),
        ("comma comma comma full_stop", "‖ 15/30 · after step 300"),
        ("home", "‖  0/30 · after step 0"),
        ("home full_stop greater_than_sign greater_than_sign", "‖  2/30 · after step 22"),
        ("less_than_sign", "‖ 17/30 · after step 339"),
        ("home n", "‖  4/30 · after step 80"),
        ("home n n", "‖  6/30 · after step 120"),
        ("home n n n", "‖  9/30 · after step 180"),
        ("home n n n n", "■ 17/30 · end"),
        ("N", "‖  9/30 · after step 180"),
        ("home end", "■ 17/30 · end"),
    ],
)
def test_keys_move_it(keys: str, words: str, tmp_path: Path) -> None:
    worker = finished(tmp_path)

    async def press(app: TuiDl, pilot: Session) -> None:
        assert strip(app).startswith("■ 17/30 · end")
        await pilot.press(*keys.split())
        await until(app, pilot, words)
        assert strip(app).startswith(words)

    drive(tmp_path, worker.run, press)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("full_stop", "The run has come no further."),
        ("end", "The run has come no further."),
        ("home home", "This is the beginning of the run."),
        ("home comma", "This is the beginning of the run."),
        ("n", "There is no mark after this moment."),
        ("home N", "There is no mark before this moment."),
        ("a", "There are no outliers"),
    ],
)
def test_a_key_that_changes_nothing_says_why(keys: str, words: str, tmp_path: Path) -> None:
    worker = finished(tmp_path)

    async def press(app: TuiDl, pilot: Session) -> None:
        await pilot.press(*keys.split())
        await eventually(app, pilot, words)

    drive(tmp_path, worker.run, press)


def test_a_speed_is_offered_while_it_is_seen(tmp_path: Path) -> None:
    worker = finished(tmp_path)

    async def press(app: TuiDl, pilot: Session) -> None:
        assert "[ ] Speed" not in text(app)
        await pilot.press("space")
        await eventually(app, pilot, "[ ] Speed")
        await pilot.press("space")
        await eventually(app, pilot, "‖")
        assert "[ ] Speed" not in text(app)

    drive(tmp_path, worker.run, press, (120, 40))


@at_every_size
def test_every_panel_shows_what_it_did_when_the_run_was_there(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = finished(tmp_path / "runs")
    step, shown = 130, {}

    def panels(app: TuiDl) -> dict[str | None, tuple[str, Size]]:
        """What each shows but those that know what comes, and the playhead's own column."""
        return {
            rows.id: (rows.plain.replace(PLAYHEAD, " "), rows.size)
            for rows in app.screen.query(Rows)
            if rows.size and not isinstance(rows, PlayheadLine | StatusLines)
        }

    async def seek(app: TuiDl, pilot: Session) -> None:
        await pilot.press("home", "n", "n", *(["greater_than_sign"] * 10))
        await until(app, pilot, f"step {step}")
        shown.update(panels(app))
        assert "▷ training is over: a replay  epoch 7/30" in text(app)
        assert "to go" not in text(app)

    async def look(app: TuiDl, pilot: Session) -> None:
        assert panels(app) == shown
        assert "● running  epoch 7/30" in text(app)

    drive(tmp_path, worker.run, seek, size)
    with stopped_at(worker.run, step, tmp_path / "copies") as (copy, now):
        monkeypatch.setattr(view_follower, "time", lambda: now)
        drive(tmp_path, copy, look, size)


@pytest.mark.slow
def test_a_watched_run_plays_to_its_end_and_again(tmp_path: Path) -> None:
    worker = finished(tmp_path)

    async def watch(app: TuiDl, pilot: Session) -> None:
        app.switch_screen(RunScreen(worker.run, watched=True))
        await pilot.press(*["left_square_bracket"] * 6, "home")  # it will not be over soon
        await eventually(app, pilot, "▶  0/30", "▶  1/30", "▶  2/30", "▶  3/30")
        assert "▲ vanishing gradient" not in text(app)
        await pilot.press("space")
        await until(app, pilot, "‖")
        assert "after step" in strip(app)
        assert "◆" not in strip(app)
        await pilot.press(*["right_square_bracket"] * 12, "space")
        await until(app, pilot, "■ 17/30 · end")
        assert "▲ vanishing gradient" in text(app)
        await pilot.press(*["left_square_bracket"] * 12, "space")
        await until(app, pilot, "▶  1/30")
        assert "test accuracy 98" not in text(app)
        assert "◆" in strip(app)  # it has been seen

    drive(tmp_path, worker.run, watch)


def test_a_live_run_is_held_while_it_goes_on(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(3)

    async def hold(app: TuiDl, pilot: Session) -> None:
        assert strip(app).startswith("●  3/30 · live")
        await pilot.press("comma")
        await until(app, pilot, "‖  2/30 · after step 40")
        worker.train(4)
        worker.append(events.Paused, step=140)
        await until(app, pilot, "p Resume")
        assert "● running  epoch 2/30" in text(app)
        await pilot.press("end")
        await until(app, pilot, "●  7/30 · live")
        assert "‖ paused  epoch 7/30" in text(app)

    drive(tmp_path, worker.run, hold)


def test_there_is_no_strip_before_the_first_step(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().compile(2)

    async def look(app: TuiDl, pilot: Session) -> None:
        assert not app.screen.query_one(PlayheadLine).size
        await pilot.press("space", "comma", "home", "n")
        worker.train(1)
        await until(app, pilot, "1/30 · live")

    drive(tmp_path, worker.run, look)


def test_a_run_stopped_within_an_epoch_says_everywhere_how_many_it_finished(
    tmp_path: Path,
) -> None:
    worker = Worker(tmp_path).start().train(5)
    worker.steps_of(6, 9)
    worker.end("stopped", best=5)

    async def go(app: TuiDl, pilot: Session) -> None:
        await eventually(app, pilot, "■  5/30 · end")
        assert "epoch 5/30" in text(app)
        assert re.search("┃5 *$", text(app), re.MULTILINE)
        await pilot.press("less_than_sign")
        await eventually(app, pilot, "‖  5/30 · after step 108")
        assert "a replay  epoch 5/30" in text(app)

    drive(tmp_path, worker.run, go)
