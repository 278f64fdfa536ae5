"""Find the run that a command names, and refuse one that cannot be read."""

from __future__ import annotations

from argparse import Namespace

from tui_dl.runs.event_log import Skimmer
from tui_dl.runs.folder import Run
from tui_dl.runs.home import find, runs_home
from tui_dl.runs.status import State
from tui_dl.support.errors import UserError


def chosen(options: Namespace) -> State:
    """The state of the run named by `options.run`.

    Raises:
        UserError: there is none, or nothing of it can be read.
    """
    state = State(find(runs_home(options.runs), options.run))
    if state.status == "unreadable":
        raise UserError(str(state.failure))
    return state


def chosen_run(options: Namespace) -> Run:
    """The run named by `options.run`, at once however long it is; raises UserError as `chosen`."""
    run = find(runs_home(options.runs), options.run)
    log = Skimmer(run.events)
    log.poll()
    return chosen(options).run if log.newer or log.fault else run
