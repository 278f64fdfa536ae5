"""Keys that act on training: what they show, and what they say where the run is over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, at_every_size, drive, eventually, settle, text
from tests.ui.test_keys import burst, sent
from tui_dl.runs.home import command_for
from tui_dl.ui.app import TuiDl
from tui_dl.ui.screens.dialogs import Confirm
from tui_dl.ui.screens.run import RunScreen


@pytest.mark.usefixtures("lasting")
@pytest.mark.parametrize(("key", "title"), [("s", "Stop lenet5?"), ("r", "New learning rate")])
def test_a_window_closes_when_the_run_ends(key: str, title: str, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)

    async def wait(app: TuiDl, pilot: Session) -> None:
        await pilot.press(key)
        await eventually(app, pilot, title)
        worker.end("finished", best=2)
        await eventually(app, pilot, "The run has already ended.")
        assert isinstance(app.screen, RunScreen)
        assert title not in text(app)

    drive(tmp_path, worker.run, wait)
    assert sent(worker) == []


@pytest.mark.usefixtures("lasting")
@pytest.mark.parametrize("key", ["s", "p", "r", "c"])
def test_a_run_that_is_over_says_so(key: str, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2).end("finished", best=2)

    async def press(app: TuiDl, pilot: Session) -> None:
        await pilot.press(key)
        await eventually(app, pilot, "The run has already ended.")

    drive(tmp_path, worker.run, press)
    assert sent(worker) == []


@pytest.mark.usefixtures("lasting")
def test_a_stopped_run_says_how_to_resume(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2).end("stopped", best=2)

    async def press(app: TuiDl, pilot: Session) -> None:
        burst(app, "p s r p")
        await settle(app, pilot)
        (toast,) = app._notifications
        assert command_for("resume", worker.run) in toast.message

    drive(tmp_path, worker.run, press)


@pytest.mark.usefixtures("lasting")
def test_a_run_that_is_over_is_a_replay_where_an_earlier_moment_is_shown(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(3).end("finished", best=2)

    async def press(app: TuiDl, pilot: Session) -> None:
        await pilot.press("comma")
        await eventually(app, pilot, "▷ training is over: a replay")
        await pilot.press("s")
        await settle(app, pilot)
        (toast,) = app._notifications
        says = "The run has already ended. This is a replay; end shows its end."
        assert toast.message == says

    drive(tmp_path, worker.run, press)


@at_every_size
def test_training_that_ends_while_an_earlier_moment_is_shown_says_so_where_its_keys_go(
    size: tuple[int, int], tmp_path: Path
) -> None:
    worker = Worker(tmp_path).start().train(9)

    async def wait(app: TuiDl, pilot: Session) -> None:
        await pilot.press("home", "full_stop")
        await eventually(app, pilot, "● running  epoch 1/30")
        assert "s Stop" in text(app)
        worker.end("finished", best=9)
        await eventually(app, pilot, "▷ training is over: a replay  epoch 1/30")
        assert "s Stop" not in text(app)

    drive(tmp_path, worker.run, wait, size)


@pytest.mark.usefixtures("lasting")
@pytest.mark.parametrize("key", ["s", "p", "r", "c"])
def test_a_key_too_late_for_a_run_that_was_live_when_it_was_read_says_so(
    key: str, tmp_path: Path
) -> None:
    worker = Worker(tmp_path).start().train(2)

    async def press(app: TuiDl, pilot: Session) -> None:
        assert isinstance(app.screen, RunScreen)
        app.screen._left = True  # nothing more is read of it
        app.screen.moved.set()
        worker.end("finished", best=2)
        await pilot.press(key)
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)
        (toast,) = app._notifications
        assert toast.message.startswith("The run has already ended.")

    drive(tmp_path, worker.run, press)
    assert sent(worker) == []


@pytest.mark.usefixtures("lasting")
def test_a_stop_that_came_too_late_is_said(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)

    async def press(app: TuiDl, pilot: Session) -> None:
        await pilot.press("s", "y")
        worker.train(28).end("finished", best=30)
        await eventually(app, pilot, "The run has already ended.")

    drive(tmp_path, worker.run, press)


def test_another_question_stays_when_the_run_ends(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)

    async def wait(app: TuiDl, pilot: Session) -> None:
        app.push_screen(Confirm("Quit?", "All is lost."))
        worker.end("finished", best=2)
        run_screen = app.screen_stack[1]
        assert isinstance(run_screen, RunScreen)
        while run_screen.live:
            await pilot.pause(0.05)
        assert "All is lost." in text(app)

    drive(tmp_path, worker.run, wait)


@pytest.mark.parametrize(("keys", "words"), [("sy", "→ stopping"), ("p", "→ pausing")])
def test_what_stops_or_pauses_a_run_shows_it_as_it_is_now(
    keys: str, words: str, tmp_path: Path
) -> None:
    worker = Worker(tmp_path).start().train(9)

    async def press(app: TuiDl, pilot: Session) -> None:
        await pilot.press("home")
        await eventually(app, pilot, "after step 0")
        await pilot.press(*["left_square_bracket"] * 6, "space", *keys)
        await eventually(app, pilot, "9/30 · live")
        assert words in text(app)

    drive(tmp_path, worker.run, press)
