"""``tui-dl stop``: a run saves its weights and ends."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tui_dl.cli.exit_status import DONE
from tui_dl.cli.options import add_run
from tui_dl.cli.send_command import not_done, send_command
from tui_dl.protocol.commands import Stop
from tui_dl.support.formatting import counted
from tui_dl.support.translations import said, tr

HELP = "save the weights and end a run"
GROUP = "Control a run"


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_run(parser)


def run(options: Namespace) -> int:
    """Send the command, and wait a little for the run to end."""
    state, done = send_command(options, Stop(), lambda state: not state.alive)
    it = state.run
    if done:
        after = tr("after {epochs}", epochs=said(counted(len(state.epochs), "epoch")))
        print(f"{it.id} {tr('{ended} {after}', ended=tr(state.status), after=after)}: {it.path}")
    else:
        print(not_done(state, "stop", "it was stopped"))
    return DONE
