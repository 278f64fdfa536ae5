"""``tui-dl pause``: a run saves its weights and waits."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tui_dl.cli.exit_status import DONE
from tui_dl.cli.options import add_run
from tui_dl.cli.send_command import send_command
from tui_dl.protocol.commands import Pause
from tui_dl.protocol.events import Paused
from tui_dl.runs.home import command_for

HELP = "save the weights and pause a run"
GROUP = "Control a run"


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_run(parser)


def run(options: Namespace) -> int:
    """Send the command, and wait a little until the run is paused."""
    state, done = send_command(options, Pause(), lambda state: state.status == "paused")
    if done:
        print(f"{state.run.id} is paused after step {state.last(Paused).step:,}.")
        print(f"  Resume: {command_for('resume', state.run)}")
    elif state.alive:
        print(f"{state.run.id}: pause requested; takes effect after the current step.")
    else:
        print(f"{state.run.id} {state.status} before it was paused.")
    return DONE
