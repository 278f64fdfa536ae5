from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, drive, eventually, settle, text
from tui_dl import presets
from tui_dl.course.lesson_text import title
from tui_dl.process.read_experiment import read
from tui_dl.process.readiness import Progress, WarmUp
from tui_dl.protocol.commands import Stop
from tui_dl.runs.folder import Run
from tui_dl.runs.home import all_runs
from tui_dl.runs.mailbox import send
from tui_dl.spec.course.lesson import LANGUAGES, Language
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.preset_detail import Detail
from tui_dl.ui.screens.lesson_control import headings
from tui_dl.ui.screens.run import RunScreen
from tui_dl.ui.screens.warm_up_control import Preparing


@pytest.mark.parametrize("keys", [("j", "j"), ("down", "down"), ("end",), ("j", "j", "k", "j")])
def test_headings_are_passed_over(keys: tuple[str, ...], tmp_path: Path) -> None:
    async def choose(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        await pilot.press(*keys)
        assert app.screen.query_one(Detail).border_title == "LeNet-5 reads handwritten digits"

    drive(tmp_path, None, choose)


def test_the_network_is_shown_with_shapes_and_totals(tmp_path: Path) -> None:
    async def look(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        await pilot.press("end")
        await settle(app, pilot)
        await eventually(app, pilot, "6 × 28 × 28")
        assert "61.7k parameters" in text(app)

    drive(tmp_path, None, look)


@pytest.mark.slow
def test_enter_trains_and_turns_to_the_run(tmp_path: Path) -> None:
    async def train(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        await pilot.press("enter")
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)
        send(app.screen.run.control, Stop())  # a busy machine may be through before
        await eventually(app, pilot, "stopped", "finished", seconds=60)

    drive(tmp_path, None, train)
    (run,) = all_runs(tmp_path)
    assert run.name == "first-network"
    assert run.experiment.train.epochs == 12


def test_a_broken_dashboard_leaves_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = TuiDl(tmp_path)

    async def breaks(pilot: Pilot[object]) -> None:
        app.call_later(lambda: 1 / 0)

    app.run(headless=True, auto_pilot=breaks)
    assert isinstance(app.crash, ZeroDivisionError)
    assert "Traceback" not in "".join(capsys.readouterr())


def test_what_breaks_the_dashboard_is_raised_by_the_test_that_drives_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("tui_dl.process.launch.start", start)

    async def press(app: TuiDl, pilot: Session) -> None:
        await pilot.press("enter", "j", "k")  # without a wait for screens that are gone

    with pytest.raises(ZeroDivisionError):
        drive(tmp_path, None, press)


def test_a_run_that_cannot_be_kept_is_said_and_nothing_breaks(tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.touch()

    async def train(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        await pilot.press("enter")
        await eventually(app, pilot, "Training cannot start")

    drive(home, None, train)


def test_a_run_left_for_the_library_is_one_key_away(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def leave_and_return(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        await pilot.press("escape")
        await eventually(app, pilot, "Back to run")
        await pilot.press("r")
        await eventually(app, pilot, "running")

    drive(tmp_path, worker.run, leave_and_return)


def test_the_library_opens_on_the_preset_being_trained(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def leave(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        await pilot.press("escape")
        await eventually(app, pilot, "Back to run")
        assert app.screen.query_one(Detail).border_title == "LeNet-5 reads handwritten digits"

    drive(tmp_path, worker.run, leave)


def test_keys_work_again_once_the_terminal_is_large_enough(tmp_path: Path) -> None:
    async def shrink(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        await pilot.resize_terminal(50, 12)
        await eventually(app, pilot, "tui-dl needs 60x16; this terminal is 50x12.")
        await pilot.resize_terminal(80, 24)
        await eventually(app, pilot, "⏎ Train")
        await pilot.press("j")
        await eventually(app, pilot, "─ The gradient that vanishes ─")

    drive(tmp_path, None, shrink, (80, 24))


def test_a_second_run_of_a_preset_says_that_the_first_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Worker(tmp_path, "first-network").start().train(1)
    second = Worker(tmp_path / "elsewhere", "first-network").start().train(1)
    monkeypatch.setattr("tui_dl.process.launch.start", lambda *_, **__: second.run)

    async def train(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        await pilot.press("enter")
        await eventually(app, pilot, f"{first.run.id} is still running")

    drive(tmp_path, None, train)


def test_kernels_being_prepared_are_said_in_the_heading(tmp_path: Path) -> None:
    async def look(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        progress = Progress(kernels=34, ready=12, compiled=3, seconds=1.5, compiling="contract")
        app.screen.post_message(Preparing(progress))
        await eventually(app, pilot, "kernels 12/34")
        app.screen.post_message(Preparing(None))
        await settle(app, pilot)
        assert "12/34" not in text(app)

    drive(tmp_path, None, look, (60, 16))


def test_kernels_are_not_prepared_beside_a_training(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def look(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        assert not app.may_warm_up
        app.watched = None
        assert app.may_warm_up
        app.warm_up = WarmUp()
        assert not app.may_warm_up
        app.end_warm_up()
        assert app.may_warm_up
        assert list(app.warm_up.run()) == []  # it was ended before it began

    drive(tmp_path, worker.run, look, warms_up=True)


def test_page_keys_scroll_the_page_and_leave_the_choice(tmp_path: Path) -> None:
    async def scroll(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        detail = app.screen.query_one(Detail)
        await settle(app, pilot)
        await pilot.press("pagedown")
        assert detail.scroll_y > 0
        assert detail.border_title == "A first network reads digits"
        await pilot.press("pageup")
        assert detail.scroll_y == 0

    drive(tmp_path, None, scroll, (80, 24))


def test_training_beside_a_live_run_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = Worker(tmp_path).start().train(1)
    second = Worker(tmp_path / "elsewhere", "first-network").start().train(1)
    monkeypatch.setattr("tui_dl.process.launch.start", lambda *_, **__: second.run)

    async def train(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        await pilot.press("escape", "enter")
        await eventually(app, pilot, "Train lenet5 too?")
        await pilot.press("n")
        await eventually(app, pilot, "Back to run")
        assert app.watched == worker.run
        await pilot.press("enter", "y")
        await eventually(app, pilot, "1 Curves")
        assert app.watched == second.run

    drive(tmp_path, worker.run, train)


def test_enter_pressed_twice_starts_one_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = Worker(tmp_path / "elsewhere", "first-network").start().train(1)
    started: list[str] = []

    def start(home: Path, name: str, experiment: object, **_: object) -> Run:
        started.append(name)
        return worker.run

    monkeypatch.setattr("tui_dl.process.launch.start", start)

    async def train(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        for _ in range(3):
            app.post_message(Key("enter", None))
        await eventually(app, pilot, "1 Curves")

    drive(tmp_path, None, train)
    assert started == ["first-network"]


def test_sequences_that_are_wanted_are_shown_with_their_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(presets.__file__).parent
    (file,) = path.rglob("translate-dates.toml")
    monkeypatch.setattr(presets, "COURSE", ("translate-dates",))
    monkeypatch.setattr(presets, "find", lambda name: file)

    async def look(app: TuiDl, pilot: Pilot[Run | None]) -> None:
        assert "33 tokens of 47 → 11 tokens of 12 · 20,000 samples" in text(app)
        (line,) = (it for it in text(app).splitlines() if "decoder_1" in it)
        assert "11 × 128" in line

    drive(tmp_path, None, look)


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_are_in_the_language_before_lessons_are_read(language: Language) -> None:
    found = {name: it.title for name, it in headings(language).items()}
    assert found == {name: title(read(name), language) for name in presets.COURSE}
