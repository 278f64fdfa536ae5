"""Open the dashboard from the shell, and say on quitting how to come back."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tui_dl.cli.exit_status import DONE
from tui_dl.runs.event_log import LAST_WORD
from tui_dl.runs.folder import Run
from tui_dl.runs.home import command_for
from tui_dl.runs.status import State
from tui_dl.support.command_line import command_line
from tui_dl.support.errors import UserError
from tui_dl.support.terminal_text import printable


def have_terminal() -> bool:
    """Whether there is a terminal that a full-screen program can draw on."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def need_terminal() -> None:
    """Raise UserError unless the dashboard can be shown here."""
    headless = command_line("train", "PRESET", "--headless")
    if have_terminal():
        fits, says = terminal_size()
        if not fits:
            raise UserError(f"{says}: enlarge it, or use `{headless}`")
    elif os.environ.get("TERM") == "dumb":
        raise UserError(
            "TERM=dumb: this terminal cannot show a full-screen program: "
            f"set TERM, for example to xterm-256color, or use `{headless}`"
        )
    else:
        raise UserError(
            "the dashboard needs a terminal, and there is none: "
            f"see `{command_line('runs')}`, `{command_line('show', 'last')}` or `{headless}`"
        )


def terminal_size() -> tuple[bool, str]:
    """Whether the terminal is large enough, in words too."""
    from tui_dl.ui.panels.frame import LEAST_HEIGHT, LEAST_WIDTH

    size = shutil.get_terminal_size()
    return size.columns >= LEAST_WIDTH and size.lines >= LEAST_HEIGHT, (
        f"the terminal has {size.columns}×{size.lines} cells and the dashboard needs "
        f"{LEAST_WIDTH}×{LEAST_HEIGHT}"
    )


def watch(home: Path, run: Run | None) -> int:
    """Show the dashboard until the user quits."""
    from tui_dl.ui.app import open_dashboard

    left = open_dashboard(home, run)
    if left:
        print(goodbye(left))
    return DONE


def goodbye(run: Run) -> str:
    """How to come back to a run that keeps running, or to stop it."""
    return (
        f"{run.name} keeps running in the background.\n"
        f"  Come back: {command_for('attach', run)}\n"
        f"  Stop it:   {command_for('stop', run)}"
    )


def complain_of_failure(state: State) -> None:
    """Say on standard error why a run failed, with the end of its worker's log."""
    print(f"tui-dl: {state.run.id} failed: {printable(state.failure or '')}", file=sys.stderr)
    if tail := [line for line in state.log_tail() if not line.startswith(LAST_WORD)]:
        for line in (*tail, f"({state.run.log})"):
            print(f"    {line}", file=sys.stderr)
