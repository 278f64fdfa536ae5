"""``tui-dl pause``: a run saves its weights and waits."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tui_dl.cli.exit_status import DONE
from tui_dl.cli.options import add_run
from tui_dl.cli.send_command import not_done, send_command
from tui_dl.protocol.commands import Pause
from tui_dl.protocol.events import Paused
from tui_dl.runs.home import command_for
from tui_dl.support.translations import tr

HELP = "save the weights and pause a run"
GROUP = "Control a run"


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_run(parser)


def run(options: Namespace) -> int:
    """Send the command, and wait a little until the run is paused."""
    state, done = send_command(options, Pause(), lambda state: state.status == "paused")
    if done:
        at = f"{state.last(Paused).step:,}"
        print(tr("{run} is paused after step {step}.", run=state.run.id, step=at))
        print(f"  {tr('Resume: {command}', command=command_for('resume', state.run))}")
    else:
        print(not_done(state, "pause", "it was paused"))
    return DONE
