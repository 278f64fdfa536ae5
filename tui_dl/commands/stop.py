"""``tui-dl stop``: a run saves its weights and ends."""

from __future__ import annotations

import time
from argparse import Namespace

from tui_dl.commands import DONE
from tui_dl.commands.output import counted
from tui_dl.errors import UserError
from tui_dl.runs import control
from tui_dl.runs.home import find, runs_home
from tui_dl.runs.status import LIVE, State

PATIENCE = 10.0  # seconds


def run(options: Namespace) -> int:
    """Send the command, and wait a little for the run to end."""
    chosen = find(runs_home(options.runs), options.run)
    state = State(chosen)
    if state.status not in LIVE:
        raise UserError(f"{chosen.id}: nothing to stop: the run is over ({state.status})")
    control.send(chosen.control, control.Command("stop"))
    deadline = time.monotonic() + PATIENCE
    while state.alive and time.monotonic() < deadline:
        time.sleep(0.05)
        state.update()
    if state.alive:
        print(f"{chosen.id} was told to stop; it will once its present step is done.")
    else:
        print(
            f"{chosen.id} {state.status} after {counted(len(state.epochs), 'epoch')}: {chosen.path}"
        )
    return DONE
