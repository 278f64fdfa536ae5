"""The dashboard in a real terminal: opened, left, killed and opened again, training all along."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from tests.e2e.conftest import BRAILLE, Terminal, dashboards, eventually, the_run, worker_of
from tests.fake_run import finished_run
from tui_dl.protocol.events import Acknowledged
from tui_dl.runs import lock
from tui_dl.runs.folder import Run
from tui_dl.runs.short_title import title_of
from tui_dl.runs.status import State

OpenTerminal = Callable[[], Terminal]

ENDLESS = ("train", "first-network", "--set", "train.epochs=1000000")


def shows_a_curve(screen: str) -> bool:
    return "Loss" in screen and len(BRAILLE & set(screen)) > 3


def follow(terminal: Terminal) -> None:
    """Turn to what the run does now, wherever it is played from its beginning."""
    terminal.wait_for("running", "epoch")
    terminal.press("End")
    terminal.wait_for("running", "live")


def test_from_the_library_to_a_finished_run(open_terminal: OpenTerminal, home: Path) -> None:
    terminal = open_terminal()
    terminal.run()
    terminal.wait_for("First steps", "A first network", "The vanishing gradient", "flatten_1")
    terminal.press("Enter")
    run = the_run(home)
    assert shows_a_curve(terminal.wait_for("Loss", "finished", "test accuracy"))
    assert State(run).status == "finished"
    terminal.press("q")
    terminal.wait_for("ready>")


def test_leaving_and_coming_back(open_terminal: OpenTerminal, home: Path) -> None:
    terminal = open_terminal()
    terminal.run(*ENDLESS)
    terminal.wait_for("Loss", "running", "epoch")
    run = the_run(home)
    worker_of(run)
    eventually(lambda: shows_a_curve(terminal.screen()))
    terminal.press("q")
    terminal.wait_for(
        "keeps running in the background",
        f"tui-dl attach {run.id}",
        f"tui-dl stop {run.id}",
        "ready>",
    )
    epochs = len(State(run).epochs)
    eventually(lambda: len(State(run).epochs) > epochs)
    terminal.run("attach", run.id)
    terminal.wait_for(title_of(run), "Loss", "running", "live")
    eventually(lambda: shows_a_curve(terminal.screen()))
    terminal.press("q")
    terminal.wait_for("keeps running in the background")
    terminal.run("stop", "last")
    terminal.wait_for(f"{run.id} stopped after")


def test_a_damaged_record_is_shown_as_far_as_it_goes(
    open_terminal: OpenTerminal, home: Path
) -> None:
    run = finished_run(home)
    run.steps.write_bytes(run.steps.read_bytes()[:-7])
    terminal = open_terminal()
    terminal.run("attach")
    terminal.wait_for("Loss", "finished")
    terminal.press("q")
    says = f"tui-dl: {run.id}: part of its record is damaged: "
    screen = terminal.wait_for("ready>", says[:60])
    assert says in " ".join(screen.split())
    assert "steps.bin ends at step 59 of 60" in " ".join(screen.split())


def test_two_dashboards_show_one_run(open_terminal: OpenTerminal, home: Path) -> None:
    terminals = [open_terminal(), open_terminal()]
    terminals[0].run(*ENDLESS)
    worker_of(the_run(home))
    terminals[1].run("attach")
    terminals[1].wait_for("live")
    for terminal in terminals:
        terminal.wait_for("Loss", "running", title_of(the_run(home)))
        eventually(lambda: shows_a_curve(terminal.screen()))  # noqa: B023
    terminals[0].press("q")
    terminals[0].wait_for("keeps running in the background")
    assert shows_a_curve(terminals[1].wait_for("running"))


def test_keys_that_come_all_at_once_act_in_order(open_terminal: OpenTerminal, home: Path) -> None:
    terminal = open_terminal()
    terminal.run(*ENDLESS)
    run = the_run(home)
    worker_of(run)
    follow(terminal)
    terminal.press(
        "r", "0", ".", "0", "2", "Enter", "r", "C-u", "3", "e", "-", "3", "Enter", *"ppp"
    )
    terminal.wait_for("‖ paused  epoch", "p Resume", "lr 0.003")
    assert [it.learning_rate for it in _told(run) if it.command == "set"] == [0.02, 0.003]
    terminal.press(*"ppppp")
    terminal.wait_for("● running  epoch", "p Pause")
    terminal.press(*"pppppppp")
    eventually(lambda: sum(it.command != "set" for it in _told(run)) == 16)
    terminal.wait_for("● running  epoch", "p Pause")


def _told(run: Run) -> list[Acknowledged]:
    return [event for event in State(run).events if isinstance(event, Acknowledged)]


def test_a_killed_dashboard_leaves_the_run_alone(open_terminal: OpenTerminal, home: Path) -> None:
    terminal = open_terminal()
    terminal.run(*ENDLESS)
    run = the_run(home)
    worker_of(run)
    terminal.wait_for("running")
    (dashboard,) = dashboards()
    dashboard.send_signal(signal.SIGKILL)
    dashboard.wait(10)
    epochs = len(State(run).epochs)
    eventually(lambda: len(State(run).epochs) > epochs)


def test_a_closed_terminal_ends_the_dashboard_only(open_terminal: OpenTerminal, home: Path) -> None:
    terminal = open_terminal()
    terminal.run(*ENDLESS)
    run = the_run(home)
    worker_of(run)
    terminal.wait_for("running")
    terminal.close()
    eventually(lambda: not dashboards())
    assert lock.is_held(run.lock)
    epochs = len(State(run).epochs)
    eventually(lambda: len(State(run).epochs) > epochs)


def test_a_worker_that_is_killed_is_seen_to_have_failed(
    open_terminal: OpenTerminal, home: Path
) -> None:
    terminal = open_terminal()
    terminal.run(*ENDLESS)
    run = the_run(home)
    worker = worker_of(run)
    terminal.wait_for("running")
    os.kill(worker, signal.SIGKILL)
    terminal.wait_for("failed")
    terminal.press("q")
    terminal.wait_for(f"tui-dl: {run.id} failed: ", "ready>")


def test_ctrl_c_in_the_shell_stops_a_headless_run(open_terminal: OpenTerminal, home: Path) -> None:
    terminal = open_terminal()
    terminal.run(*ENDLESS, "--headless")
    worker_of(the_run(home))
    terminal.press("C-c")
    terminal.wait_for("stopped after", "ready>")
    terminal.press("-l", "echo status $?")
    terminal.press("Enter")
    terminal.wait_for("status 130")


def test_what_another_program_wrote_goes_away(open_terminal: OpenTerminal, home: Path) -> None:
    run = finished_run(home)
    terminal = open_terminal()
    terminal.run("attach", run.id)
    terminal.wait_for("Loss", "finished")
    (dashboard,) = dashboards()

    def written() -> bool:
        with Path(dashboard.terminal()).open("w") as tty:
            tty.write("\x1b[5;5Hthe system goes down")
        return "the system goes down" in terminal.screen()

    eventually(written)  # charts may still be drawn over it
    terminal.press("C-l")
    eventually(lambda: "the system goes down" not in terminal.screen())
    dashboard.send_signal(signal.SIGTSTP)
    terminal.wait_for("Stopped", "ready>")
    terminal.enter("fg")
    terminal.wait_for("Loss", "finished", "Quit")
    eventually(lambda: "ready>" not in terminal.screen())


STOPPED_IN_A_WRITE = """
import os, signal
from textual.app import App
from tui_dl.ui.terminal_driver import TerminalDriver

class Small(App):
    def on_mount(self):
        self.app_resume_signal.subscribe(self, lambda _: self.exit(message="continued"))
        self.set_timer(0.2, self.stop_in_a_write)
    def stop_in_a_write(self):
        with self._driver._writer_thread._queue.mutex:
            os.kill(os.getpid(), signal.SIGTSTP)
    def terminal_is_ready(self):
        pass

Small(driver_class=TerminalDriver).run()
"""


def test_a_stop_in_the_middle_of_a_write(open_terminal: OpenTerminal, tmp_path: Path) -> None:
    """A lock is held there that giving the terminal back needs."""
    (tmp_path / "small.py").write_text(STOPPED_IN_A_WRITE)
    terminal = open_terminal()
    terminal.enter(f"{sys.executable} {tmp_path / 'small.py'}")
    terminal.wait_for("Stopped", "ready>")
    terminal.enter("clear; fg")
    terminal.wait_for("continued", "ready>")


def test_a_stop_that_cannot_be_caught(open_terminal: OpenTerminal, home: Path) -> None:
    terminal = open_terminal()
    terminal.run("attach", finished_run(home).id)
    terminal.wait_for("Loss", "finished")
    (dashboard,) = dashboards()
    dashboard.suspend()
    terminal.wait_for("Stopped", "ready>")
    terminal.enter("clear; fg")
    terminal.wait_for("Loss", "finished", "Quit")
    terminal.press("q")
    terminal.wait_for("ready>")
    terminal.enter("echo as before")
    eventually(lambda: "\nas before\n" in terminal.screen())
