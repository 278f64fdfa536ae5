"""``tui-dl resume``: a run that is paused goes on, or one that is over from its last checkpoint."""

from __future__ import annotations

from argparse import Namespace

from tui_dl.commands.attend import attend, prepare
from tui_dl.errors import UserError
from tui_dl.runs import control, launch
from tui_dl.runs.home import about, find, runs_home
from tui_dl.runs.status import LIVE, State


def run(options: Namespace) -> int:
    """Tell its worker or start another, and return when `train` would."""
    chosen = find(runs_home(options.runs), options.run)
    state = State(chosen)
    if state.status == "finished":
        raise UserError(f"{chosen.id}: nothing to resume: the run is finished")
    if state.status == "stopping":
        raise UserError(f"{chosen.id}: is stopping: resume it once it has ended")
    if state.status in LIVE and state.status != "paused":
        watch = about("attach", chosen)
        raise UserError(f"{chosen.id}: is under way already: watch it with `{watch}`")
    interrupts = prepare(options)
    if state.alive:
        control.send(chosen.control, control.Continue())
    else:
        launch.resume(chosen, options.threads)
        state.update()
    return attend(options, chosen, interrupts, told=len(state.events))
