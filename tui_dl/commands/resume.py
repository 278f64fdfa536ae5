"""``tui-dl resume``: a run that is paused goes on, or one that is over from its last checkpoint."""

from __future__ import annotations

from argparse import Namespace

from tui_dl.commands.attend import attend, prepare
from tui_dl.commands.chosen import chosen
from tui_dl.errors import UserError
from tui_dl.runs import control, launch
from tui_dl.runs.home import about
from tui_dl.runs.status import LIVE


def run(options: Namespace) -> int:
    """Tell its worker or start another, and return when `train` would."""
    state = chosen(options)
    run = state.run
    if state.status == "finished":
        raise UserError(f"{run.id}: nothing to resume: the run is finished")
    if state.status == "stopping":
        raise UserError(f"{run.id}: is stopping: resume it once it has ended")
    if state.status in LIVE and state.status != "paused":
        watch = about("attach", run)
        raise UserError(f"{run.id}: is under way already: watch it with `{watch}`")
    interrupts = prepare(options)
    if state.alive:
        control.send(run.control, control.Continue())
    else:
        launch.resume(run, options.threads)
        state.update()
    return attend(options, run, interrupts, told=len(state.events))
