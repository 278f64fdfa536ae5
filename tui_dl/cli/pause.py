"""``tui-dl pause``: a run saves its weights and waits."""

from __future__ import annotations

from argparse import Namespace

from tui_dl.cli import DONE
from tui_dl.cli.send_command import send_command
from tui_dl.protocol.commands import Pause
from tui_dl.protocol.events import Paused
from tui_dl.runs.home import command_for


def run(options: Namespace) -> int:
    """Send the command, and wait a little for the run to do it."""
    state, done = send_command(options, Pause(), lambda state: state.status == "paused")
    if done:
        print(f"{state.run.id} is paused behind step {state.last(Paused).step:,}.")
        print(f"  Go on: {command_for('resume', state.run)}")
    elif state.alive:
        print(f"{state.run.id} was told to pause; it will once its present step is done.")
    else:
        print(f"{state.run.id} {state.status} before it could pause.")
    return DONE
