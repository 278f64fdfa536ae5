"""Find the run that a command names, and refuse one that cannot be read."""

from __future__ import annotations

from argparse import Namespace

from tui_dl.runs.home import find, runs_home
from tui_dl.runs.status import State
from tui_dl.support.errors import UserError


def chosen(options: Namespace, most: int | None = None) -> State:
    """The state of the run named by `options.run`.

    Args:
        options: of the command line.
        most: bytes of its events that are read, from the first on; None: all there are.

    Raises:
        UserError: there is none, or nothing of it can be read.
    """
    state = State(find(runs_home(options.runs), options.run), most)
    if state.status == "unreadable":
        raise UserError(str(state.failure))
    return state
