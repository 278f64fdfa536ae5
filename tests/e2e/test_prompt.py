"""The prompt of `tui-dl predict` on a real terminal, and the dashboard's window for typed lines."""

from __future__ import annotations

import asyncio
import os
import pty
import select
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from textual.widgets import Input

from tests.shell import TUI_DL
from tests.ui.screens import Session, at_every_size, drive, eventually, settle, text
from tui_dl import load
from tui_dl.process.predictor import Predictor
from tui_dl.runs.folder import Run, create
from tui_dl.runs.home import find
from tui_dl.spec.course.lesson import LANGUAGES, Language
from tui_dl.spec.toml.reading import read
from tui_dl.support.errors import UserError
from tui_dl.support.translations import tr
from tui_dl.ui.app import TuiDl
from tui_dl.ui.screens.predict import PredictScreen
from tui_dl.ui.screens.run import RunScreen

FIXTURES = Path(__file__).parents[1] / "fixtures" / "format_1"
GOLDEN = Path(__file__).parents[1] / "ui" / "golden"
WAITING = "   ...  "  # in the place of an answer
PATIENCE = 90.0  # seconds, on a busy machine


@pytest.fixture
def run(home: Path) -> Run:
    """A run whose network tags dates."""
    shutil.copytree(FIXTURES, home)
    return find(home, "recurrent")


class Typist:
    """A terminal that is typed into, and what it shows."""

    def __init__(self, *arguments: str) -> None:
        self.pid, self._terminal = pty.fork()
        if not self.pid:
            os.environ["TERM"] = "xterm"
            os.execv(TUI_DL[0], [*TUI_DL, *arguments])
        self.shown = b""

    def type(self, line: bytes) -> None:
        os.write(self._terminal, line)

    def wait_for(self, *wanted: str) -> None:
        """Read until all of `wanted` are shown, after what was waited for before."""
        start, end = len(self.shown), time.monotonic() + PATIENCE
        while not all(it.encode() in self.shown[start:] for it in wanted):
            assert time.monotonic() < end, f"{wanted} are not in {self.shown[start:]!r}"
            if select.select([self._terminal], [], [], 1)[0]:
                with suppress(OSError):  # it has ended
                    self.shown += os.read(self._terminal, 4096)

    def status(self, again: bytes = b"") -> int:
        """The exit status, once it has ended; `again` is typed every second until then."""
        now = time.monotonic()
        end, press = now + PATIENCE, now + 1
        while not (found := os.waitpid(self.pid, os.WNOHANG))[0]:
            now = time.monotonic()
            assert now < end
            with suppress(OSError):
                if now > press:
                    press = now + 1
                    self.type(again)
                if select.select([self._terminal], [], [], 0.1)[0]:
                    os.read(self._terminal, 4096)
        return os.waitstatus_to_exitcode(found[1])


@pytest.fixture
def typist() -> Iterator[Callable[..., Typist]]:
    opened: list[Typist] = []

    def open_one(*arguments: str) -> Typist:
        opened.append(Typist(*arguments))
        return opened[-1]

    yield open_one
    for it in opened:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(it.pid, signal.SIGKILL)
            os.waitpid(it.pid, 0)


def said(line: str) -> str:
    """The first thing that the network finds in a line, as it is shown."""
    (answer,) = load("recurrent").answer([line])
    return f"{answer.spans[0].text} [{answer.spans[0].kind}]"


def test_line_after_line_is_answered(run: Run, typist: Callable[..., Typist]) -> None:
    prompt = typist("predict", "recurrent")
    prompt.wait_for("recurrent: a text of at most 33 characters. An empty line ends.", "> ")
    prompt.type(b"1 May 2021\n")
    prompt.wait_for(said("1 May 2021"), " %", "> ")
    prompt.type("안녕\n".encode())
    prompt.wait_for("'안' is not one of the characters", "> ")
    prompt.type(b"\xff\n")
    prompt.wait_for("the line is not UTF-8", "> ")
    prompt.type(b"\x1b[A" * 3 + b"\x7f2\n")  # back to the first line, which ends in 2 now
    prompt.wait_for(said("1 May 2022"), "> ")
    prompt.type(b"\n")
    assert prompt.status() == 0


def test_the_end_of_input_and_ctrl_c_leave_nothing_behind(
    run: Run, typist: Callable[..., Typist]
) -> None:
    for keys, status in ((b"\x04", 0), (b"\x03", 130)):
        prompt = typist("predict", "recurrent")
        prompt.wait_for("> ")
        (child,) = psutil.Process(prompt.pid).children()
        prompt.type(keys)
        # Python's readline acts on a Ctrl-C of the moment in which its prompt appears, before it
        # waits for keys, at the next key only: it is pressed until it is heard.
        assert prompt.status(again=keys) == status
        child.wait(PATIENCE)


def test_a_process_that_is_killed_is_an_error(run: Run) -> None:
    with Predictor(run) as predictor:
        predictor.wait()
        (child,) = psutil.Process().children()
        child.kill()
        with pytest.raises(UserError, match="the process that predicts has ended"):
            predictor.ask("1 May 2021")
        assert predictor.has_ended


def test_the_dashboard_answers_lines(run: Run, home: Path) -> None:
    async def use(app: TuiDl, pilot: Session) -> None:
        await pilot.press("i")
        await settle(app, pilot)
        assert isinstance(app.screen, PredictScreen)
        app.screen.query_one(Input).value = "1 May 2021"  # before the network is loaded
        await pilot.press("enter")
        await eventually(app, pilot, said("1 May 2021"))
        app.screen.query_one(Input).value = "\x1b[31m안녕"
        await pilot.press("enter")
        await eventually(app, pilot, "is not one of")
        await pilot.press("up", "up")
        assert app.screen.query_one(Input).value == "1 May 2021"
        await pilot.press("down", "down")
        assert app.screen.query_one(Input).value == ""
        assert "> 1 May 2021" in text(app)
        (child,) = psutil.Process().children()
        await pilot.press("escape")
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)
        await asyncio.to_thread(child.wait, PATIENCE)

    drive(home, run, use)


@pytest.mark.parametrize("language", LANGUAGES)
@at_every_size
def test_the_window_looks_as_it_did(
    size: tuple[int, int], language: Language, run: Run, home: Path
) -> None:
    shown = ""

    async def use(app: TuiDl, pilot: Session) -> None:
        nonlocal shown
        await pilot.press("i")
        await settle(app, pilot)
        for line in ("1 May 2021", "the 1st!"):
            app.screen.query_one(Input).value = line
            await pilot.press("enter")
        await eventually(app, pilot, tr("enter asks, esc closes"))
        while WAITING in text(app):
            await settle(app, pilot)
        shown = text(app)

    drive(home, run, use, size, language=language)
    folder = GOLDEN if language == "en" else GOLDEN / language
    golden = folder / f"predict-{size[0]}x{size[1]}.txt"
    if os.environ.get("TUI_DL_GOLDEN") == "write":
        golden.write_text(shown + "\n", encoding="utf-8")
    assert shown + "\n" == golden.read_text(encoding="utf-8")


def test_a_window_that_is_closed_at_once_ends_its_process(run: Run, home: Path) -> None:
    async def use(app: TuiDl, pilot: Session) -> None:
        for _ in range(3):
            await pilot.press("i")
            await settle(app, pilot)
            await pilot.press("escape")
            await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)

    drive(home, run, use)
    assert [it for it in psutil.Process().children() if it.status() != "zombie"] == []


def test_a_run_without_weights_says_so(home: Path) -> None:
    made = create(home, "spam", read("spam"))

    async def use(app: TuiDl, pilot: Session) -> None:
        await pilot.press("i")
        await eventually(app, pilot, "the run has saved no weights yet")
        await pilot.press("1", "enter", "escape")
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)

    drive(home, made, use)


def test_where_nothing_is_to_be_predicted_there_is_no_key(home: Path) -> None:
    made = create(home, "cartpole", read("cartpole"))

    async def use(app: TuiDl, pilot: Session) -> None:
        await pilot.press("i")
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)

    drive(home, made, use)
