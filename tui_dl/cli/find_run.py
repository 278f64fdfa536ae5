"""Find the runs that a command names, and refuse one that cannot be read."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from tui_dl.runs.entries import Entry, entries
from tui_dl.runs.event_log import Skimmer
from tui_dl.runs.filter import Filter, names_of
from tui_dl.runs.folder import Run
from tui_dl.runs.home import find, runs_home
from tui_dl.runs.listing import listed
from tui_dl.runs.status import State
from tui_dl.support.errors import UserError

SIGNS = " <>:"  # that no name of a run has, but filters


def chosen(options: Namespace) -> State:
    """The state of the run named by `options.run`.

    Raises:
        UserError: there is none, or nothing of it can be read.
    """
    state = State(find(runs_home(options.runs), options.run))
    if state.status == "unreadable":
        raise UserError(str(state.failure))
    return state


def named(options: Namespace, wanted: Sequence[str]) -> list[Entry]:
    """The runs that are named, each once: one by one, or several by a filter with a sign in it.

    Raises:
        UserError: one names no run, or several.
    """
    home = runs_home(options.runs)
    found: dict[Run, Entry] = {}
    for each in wanted:
        if any(it in each for it in SIGNS):
            every = entries(home)
            left = Filter(each, names_of(every))(every)
            if not left:
                raise UserError(f"{each}: no run is left by this filter")
            found |= {it.run: it for it in reversed(left)}
        else:
            run = find(home, each)
            found[run] = Entry(run, listed(run))
    return list(found.values())


def chosen_run(options: Namespace) -> Run:
    """The run named by `options.run`, at once however long it is; raises UserError as `chosen`."""
    run = find(runs_home(options.runs), options.run)
    log = Skimmer(run.events)
    log.poll()
    return chosen(options).run if log.newer or log.fault else run
