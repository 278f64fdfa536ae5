"""What keys do on the run screen, at once and one after another, and in its windows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.events import Key, Paste
from textual.widgets import Input

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, drive, eventually, settle, text
from tui_dl.protocol import events
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.frame import Keys
from tui_dl.ui.screens.help import Help
from tui_dl.ui.screens.run import RunScreen

NAMES = {".": "full_stop", ",": "comma", "-": "minus", "?": "question_mark", "/": "slash"}


def burst(app: TuiDl, keys: str) -> None:
    """Press `keys` without waiting, as a terminal hands them on that comes over a slow line."""
    for key in keys.split():
        app.post_message(Key(NAMES.get(key, key), key if len(key) == 1 else None))


def sent(worker: Worker) -> list[dict[str, Any]]:
    files = sorted(worker.run.control.iterdir())
    return [msgspec.json.decode(file.read_bytes()) for file in files]


@pytest.mark.parametrize(
    ("keys", "rates"),
    [
        ("r 0 . 0 2 enter", [0.02]),
        ("r ctrl+u 0 . 0 0 3 enter", [0.003]),
        ("r 5 ctrl+u 1 e - 4 backspace 3 enter r 2 enter", [0.001, 2.0]),
        ("r enter", []),  # nothing was changed
        ("r 7 escape", []),
        ("r x 0 k . q 5 enter", [0.5]),  # letters are no part of a number
    ],
)
def test_a_burst_of_keys_is_taken_in_order(keys: str, rates: list[float], tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def press(app: TuiDl, pilot: Session) -> None:
        burst(app, keys)
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)

    drive(tmp_path, worker.run, press)
    assert [command["learning_rate"] for command in sent(worker)] == rates


def test_what_is_pasted_comes_before_the_key_after_it(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def press(app: TuiDl, pilot: Session) -> None:
        burst(app, "r")
        app.post_message(Paste("3e-4"))
        burst(app, "enter")
        await settle(app, pilot)

    drive(tmp_path, worker.run, press)
    assert [command["learning_rate"] for command in sent(worker)] == [0.0003]


def test_ctrl_u_empties_the_field_before_what_is_typed_next(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def press(app: TuiDl, pilot: Session) -> None:
        await pilot.press("r", "end")
        burst(app, "ctrl+u 0 . 0 0 2")
        await settle(app, pilot)
        assert app.screen.query_one(Input).value == "0.002"

    drive(tmp_path, worker.run, press)


@pytest.mark.usefixtures("lasting")
def test_a_checkpoint_is_said_once_it_is_saved(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)
    answer(worker, "checkpoint")  # requested by somebody else, before

    async def press(app: TuiDl, pilot: Session) -> None:
        await pilot.press("c")
        await settle(app, pilot)
        assert not app._notifications
        worker.append(events.Acknowledged, command="checkpoint", step=61)
        await eventually(app, pilot, "Checkpoint saved (step 61)")

    drive(tmp_path, worker.run, press)
    assert [command["command"] for command in sent(worker)] == ["checkpoint"]


def answer(worker: Worker, *commands: str) -> None:
    for command in commands:
        worker.append(events.Acknowledged, command=command, step=60)


def test_the_last_request_holds_and_is_shown_until_it_is_answered(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)

    async def press(app: TuiDl, pilot: Session) -> None:
        burst(app, "p p p")
        await eventually(app, pilot, "● running → pausing  epoch 2/30")
        await eventually(app, pilot, "p Resume")
        answer(worker, "pause", "continue")
        worker.train(1)
        await eventually(
            app, pilot, "● running → pausing  epoch 3/30"
        )  # the third is not taken yet
        answer(worker, "pause")
        worker.append(events.Paused, step=60)
        await eventually(app, pilot, "‖ paused  epoch")
        burst(app, "p")
        await eventually(app, pilot, "‖ paused → resuming")
        await eventually(app, pilot, "p Pause")
        answer(worker, "continue")
        worker.append(events.Continued, step=60)
        await eventually(app, pilot, "● running  epoch")
        burst(app, "p p p p p p p p")
        await settle(app, pilot)
        assert "● running  epoch" in text(app)
        await eventually(app, pilot, "p Pause")

    drive(tmp_path, worker.run, press)
    assert [it["command"] for it in sent(worker)] == ["pause", "continue"] * 6


def test_what_another_dashboard_asks_for_later_replaces_the_request(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)

    async def press(app: TuiDl, pilot: Session) -> None:
        await pilot.press("p")
        await eventually(app, pilot, "running → pausing")
        answer(worker, "pause", "continue")
        worker.train(1)
        await eventually(app, pilot, "● running  epoch 3/30")
        await eventually(app, pilot, "p Pause")

    drive(tmp_path, worker.run, press)


@pytest.mark.parametrize(
    ("key", "keys"),
    [
        ("s", "y Yes  n No"),
        ("r", "⏎ Set  esc Cancel"),
        ("question_mark", ""),  # it has them in its frame
        ("ctrl+p", ""),
    ],
)
def test_the_footer_is_that_of_the_window(key: str, keys: str, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def look(app: TuiDl, pilot: Session) -> None:
        assert "s Stop" in text(app).splitlines()[-1]
        await pilot.press(key)
        await settle(app, pilot)
        assert not isinstance(app.screen, RunScreen)
        assert text(app).split("\n")[-1].strip() == keys
        await pilot.press("escape")
        await eventually(app, pilot, "s Stop")

    drive(tmp_path, worker.run, look)


@pytest.mark.parametrize(("size", "shown"), [((80, 24), False), ((160, 24), True)])
def test_keys_that_fit_are_in_the_footer(
    size: tuple[int, int], shown: bool, tmp_path: Path
) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def look(app: TuiDl, pilot: Session) -> None:
        footer = text(app).splitlines()[-1]
        assert ("r Learning rate" in footer) == shown
        assert footer.endswith("q Quit  ^p Menu")

    drive(tmp_path, worker.run, look, size)


def test_the_footer_of_a_paused_run_fits_the_least_terminal(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)
    worker.append(events.Paused, step=20)

    async def look(app: TuiDl, pilot: Session) -> None:
        footer = text(app).splitlines()[-1]
        assert "p Resume" in footer
        assert footer.endswith("^p Menu")

    drive(tmp_path, worker.run, look, (60, 16))


def test_the_gradient_meter_has_rows_where_it_has_a_title(tmp_path: Path) -> None:
    worker = Worker(tmp_path, "vanishing-gradient", layer_decay=0.15).start().train(6).diagnose()
    worker.fail("the loss is not finite at step 81", "FloatingPointError: loss is not finite\n")

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await settle(app, pilot)
        assert "of 12 layers" in text(app)  # a row for two of them, and it does not have six
        assert "dense_1·" in text(app)
        assert "dense_12" in text(app) or "·12" in text(app)

    drive(tmp_path, worker.run, look, (60, 16))


def test_the_footer_names_the_keys_that_act_and_a_click_presses_them(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(3).end("completed", best=3)

    async def press(app: TuiDl, pilot: Session) -> None:
        (footer,) = app.screen.query(Keys)

        def column(title: str) -> tuple[int, int]:
            return text(app).splitlines()[-1].index(title), 0

        assert "No cursor" not in text(app)
        burst(app, "right")  # escape removes the cursor from now on
        await settle(app, pilot)
        await pilot.hover(Keys, column("No cursor"))
        assert footer.tooltip == "Remove the cursor"
        await pilot.click(Keys, column("No cursor"))
        await settle(app, pilot)
        assert "No cursor" not in text(app)
        await pilot.click(Keys, column("Help"))
        await settle(app, pilot)
        assert isinstance(app.screen, Help)

    drive(tmp_path, worker.run, press)


def test_a_window_hides_the_footer_below_it(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(3).end("completed", best=3)

    async def press(app: TuiDl, pilot: Session) -> None:
        (footer,) = app.screen.query(Keys)
        burst(app, "?")
        await settle(app, pilot)
        assert isinstance(app.screen, Help)
        assert not footer.visible
        burst(app, "escape")
        await settle(app, pilot)
        assert footer.visible

    drive(tmp_path, worker.run, press)
