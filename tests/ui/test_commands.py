"""Commands on the run screen: leaving, stopping, the learning rate, the menu and help."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import msgspec
import pytest
from textual.events import Key

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, drive, eventually, settle, text
from tui_dl.protocol import events
from tui_dl.spec.course.lesson import Language
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.chart import Chart
from tui_dl.ui.screens.run import RunScreen


def test_q_leaves_a_live_run_and_says_which(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def leave(app: TuiDl, pilot: Session) -> None:
        await pilot.press("q")

    assert drive(tmp_path, worker.run, leave) == worker.run
    worker.end("finished", best=1)
    assert drive(tmp_path, worker.run, leave) is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_leaves_like_q(number: int, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def leave(app: TuiDl, pilot: Session) -> None:
        os.kill(os.getpid(), number)
        await pilot.pause(0.2)

    assert drive(tmp_path, worker.run, leave) == worker.run


def test_ctrl_c_leaves_like_q_but_in_a_dialog_only_closes_it(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def leave(app: TuiDl, pilot: Session) -> None:
        await pilot.press("s", "ctrl+c")
        await settle(app, pilot)
        assert app.is_running
        assert "Stop lenet5?" not in text(app)
        await pilot.press("ctrl+c")

    assert drive(tmp_path, worker.run, leave) == worker.run
    assert not list(worker.run.control.iterdir())


def test_the_menu_offers_what_the_footer_does_and_themes(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def look(app: TuiDl, pilot: Session) -> None:
        titles = [command.title for command in app.get_system_commands(app.screen)]
        playhead = {"Play", "Epoch", "Step back", "Speed", "Next mark", "Beginning", "Now"}
        training = {"Stop", "Pause", "Learning rate", "Checkpoint", "Try it"}
        panels = {"Curves", "Gradients", "Pictures", "Network", "Lesson", "Events", "Zoom"}
        everywhere = {"Back", "Help", "Quit", "Theme"}
        assert playhead | training | panels | everywhere <= set(titles)
        assert len(titles) == len(set(titles))
        assert not {title for title in titles if "Scroll " in title}  # as Textual's widgets have
        await pilot.press("ctrl+p")
        await eventually(app, pilot, "Search for commands")
        await pilot.press(*"back", "enter")
        await eventually(app, pilot, "Back to run")

    drive(tmp_path, worker.run, look)


@pytest.mark.parametrize(("answer", "commands"), [("y", ["stop"]), ("n", [])])
def test_stopping_asks_first(answer: str, commands: list[str], tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def stop(app: TuiDl, pilot: Session) -> None:
        await pilot.press("s")
        await eventually(app, pilot, "Stop lenet5?")
        await pilot.press(answer)
        await settle(app, pilot)

    drive(tmp_path, worker.run, stop)
    sent = [msgspec.json.decode(file.read_bytes()) for file in worker.run.control.iterdir()]
    assert [command["command"] for command in sent] == commands


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "Training is at epoch 9 of 30 now;"), ("ko", "지금 훈련은 30 에폭 가운데 9번째에")],
)
def test_the_question_says_where_training_is_of_which_an_earlier_moment_is_shown(
    language: Language, says: str, tmp_path: Path
) -> None:
    worker = Worker(tmp_path).start().train(5)

    async def stop(app: TuiDl, pilot: Session) -> None:
        await pilot.press("s")
        await settle(app, pilot)
        assert says[:11] not in text(app)
        await pilot.press("n", "home", "space")
        await eventually(app, pilot, "0/30")
        worker.train(4)
        await eventually(app, pilot, "▶")
        screen = app.screen
        assert isinstance(screen, RunScreen)
        while not (screen._present and screen._present.step == 9 * 20):
            await pilot.pause(0.05)
        await pilot.press("s")
        await settle(app, pilot)
        assert says in " ".join(text(app).replace("│", "").split())

    drive(tmp_path, worker.run, stop, language=language)


def test_a_command_that_cannot_be_sent_is_said(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)

    async def press(app: TuiDl, pilot: Session) -> None:
        worker.run.control.rmdir()
        worker.run.control.touch()
        await pilot.press("c", "p")
        await settle(app, pilot)
        said = [toast.message for toast in app._notifications]
        assert "checkpoint cannot be sent: File exists" in said[0]
        assert "pause cannot be sent: File exists" in said[1]
        await eventually(app, pilot, "● running  epoch 2/30")

    drive(tmp_path, worker.run, press)


def test_keys_pause_save_and_set_the_learning_rate(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)

    async def press(app: TuiDl, pilot: Session) -> None:
        await pilot.press("c", "p")
        await eventually(app, pilot, "● running → pausing, saving  epoch 2/30")
        worker.append(events.Acknowledged, command="checkpoint", step=40)
        worker.append(events.Acknowledged, command="pause", step=40)
        worker.append(events.Paused, step=40)
        await eventually(app, pilot, "‖ paused  epoch 2/30")
        await pilot.press("r")
        await eventually(app, pilot, "New learning rate")
        await pilot.press(*"0.01", "enter")
        await eventually(app, pilot, "‖ paused → setting the learning rate  epoch")
        worker.append(events.Acknowledged, command="set", step=40, learning_rate=0.01)
        worker.append(events.LearningRateChanged, step=40, learning_rate=0.01)
        await eventually(app, pilot, "lr 0.01")
        await eventually(app, pilot, "p Resume")
        assert "Pause" not in text(app)
        await pilot.press("p")
        worker.append(events.Continued, step=40)
        worker.train(1)
        await eventually(app, pilot, "● running  epoch 3/30")
        await eventually(app, pilot, "p Pause")
        assert "lr 0.01" in app.screen.query_one("#loss_chart", Chart).plain
        await pilot.press("r")
        await eventually(app, pilot, "esc cancels")
        await pilot.press("escape")

    drive(tmp_path, worker.run, press)
    sent = [msgspec.json.decode(file.read_bytes()) for file in sorted(worker.run.control.iterdir())]
    assert [command["command"] for command in sent] == ["checkpoint", "pause", "set", "continue"]
    assert sent[2]["learning_rate"] == 0.01


def test_an_ended_run_cannot_be_stopped(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2).end("finished", best=2)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("s")
        await settle(app, pilot)
        assert "Stop" not in text(app)

    drive(tmp_path, worker.run, look)


def test_help_lists_every_key_of_the_footers(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("question_mark")
        await eventually(app, pilot, "esc closes")
        for word in ("space", "An epoch back", "Training waits after the step"):
            assert word in text(app)

    drive(tmp_path, worker.run, look, (120, 60))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1,5", "Use a point: 1.5"),
        ("0,5", "Use a point: 0.5"),
        ("1e", "It must be a number"),
        ("1.000,5", "It must be a number"),
        ("0", "above 0 and at most 1,000"),
        ("-1", "above 0 and at most 1,000"),
    ],
)
def test_what_is_typed_stays_and_is_told_what_is_wrong(
    typed: str, says: str, tmp_path: Path
) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def ask(app: TuiDl, pilot: Session) -> None:
        await pilot.press("r", *typed, "enter")
        await eventually(app, pilot, says)
        lines = text(app).splitlines()
        (below,) = (y for y, line in enumerate(lines) if says in line)
        assert re.search(rf"│ +{re.escape(typed)} ", lines[below - 1])
        await pilot.press(*["backspace"] * len(typed), *"2e-3")
        await settle(app, pilot)
        assert says not in text(app)
        await pilot.press("enter")

    drive(tmp_path, worker.run, ask, (60, 16))
    (sent,) = worker.run.control.iterdir()
    assert msgspec.json.decode(sent.read_bytes())["learning_rate"] == 0.002


@pytest.mark.parametrize("burst", ["ssrr", "rss", "sr?"])
def test_one_dialog_at_a_time(burst: str, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def type_ahead(app: TuiDl, pilot: Session) -> None:
        for key in burst:  # without waiting, as a terminal hands them on
            app.post_message(Key("question_mark" if key == "?" else key, key))
        await settle(app, pilot)
        await pilot.press("ctrl+p")
        assert len(app.screen_stack) <= 3  # the app's own, the run, a dialog
        assert "Menu" not in text(app)  # what the footer offers is for the run
        await pilot.press("escape")
        await eventually(app, pilot, "^p Menu")
        assert isinstance(app.screen, RunScreen)

    drive(tmp_path, worker.run, type_ahead)


def test_only_escape_turns_to_the_library(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def press(app: TuiDl, pilot: Session) -> None:
        await pilot.press("backspace", "delete", "left", "h", "enter", "space")
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)
        assert app.screen.run == worker.run
        await pilot.press("escape")  # away with the cursor that "left" has set
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)
        await pilot.press("escape")
        await eventually(app, pilot, "Back to run")

    drive(tmp_path, worker.run, press)
