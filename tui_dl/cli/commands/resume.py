"""``tui-dl resume``: continues a run that is paused, stopped or failed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tui_dl.cli.find_run import chosen
from tui_dl.cli.foreground import foreground, prepare
from tui_dl.cli.options import add_run, add_start
from tui_dl.process import launch
from tui_dl.protocol import commands
from tui_dl.runs import mailbox
from tui_dl.runs.home import command_for
from tui_dl.runs.status import LIVE
from tui_dl.support.errors import UserError

HELP = "resume a run that was paused, stopped or killed"
GROUP = "Control a run"


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_run(parser)
    add_start(parser)


def run(options: Namespace) -> int:
    """Resume it in its own worker or in a new one; return when `train` would."""
    state = chosen(options)
    run = state.run
    if state.status == "finished":
        raise UserError(f"{run.id}: the run is finished: there is nothing to resume")
    if state.status == "stopping":
        raise UserError(f"{run.id}: the run is stopping: resume it once it has ended")
    if state.status in LIVE and state.status != "paused":
        watch = command_for("attach", run)
        raise UserError(f"{run.id}: is already running: watch it with `{watch}`")
    interrupts = prepare(options)
    if state.alive:
        mailbox.send(run.control, commands.Continue())
    else:
        launch.resume(run, options.threads, options.pace)
        state.update()
    return foreground(options, run, interrupts, reported=len(state.events))
