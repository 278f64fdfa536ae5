"""``tui-dl runs``: every run, newest first."""

from __future__ import annotations

import time
from argparse import Namespace

from tui_dl.commands import DONE
from tui_dl.commands.output import age, loss, print_json, print_table
from tui_dl.hints import command
from tui_dl.numbers import NOTHING, percent
from tui_dl.runs.home import about, all_runs, runs_home
from tui_dl.runs.status import State
from tui_dl.runs.summary import summary

HEADER = ("RUN", "STATUS", "EPOCHS", "BEST LOSS", "TEST", "AGE", "REMARK")


def run(options: Namespace) -> int:
    """Print one line a run."""
    home = runs_home(options.runs)
    states = [State(each) for each in all_runs(home)]
    if options.json:
        for state in states:
            print_json(summary(state))
    elif states:
        print_table([HEADER, *map(_row, states)], "<<>>>>")
        if failed := [state.run for state in states if state.can_resume]:
            print(f"\nResume one: {about('resume', failed[0])}")
    else:
        print(f"No runs in {home} yet.  Start one: {command('train', 'first-network')}")
    return DONE


def _row(state: State) -> tuple[str, ...]:
    it = summary(state)
    return (
        state.run.id,
        state.status,
        str(it["epochs"]),
        loss(state.best_validation_loss),
        percent(it["test_accuracy"]),
        age(time.time() - state.started_at) if state.started_at else NOTHING,
        _remark(state),
    )


def _remark(state: State) -> str:
    """Whether it can go on, and what went wrong in it."""
    kinds = [diagnosis.kind.replace("_", " ") for diagnosis in state.diagnoses]
    return ", ".join(["can be resumed", *kinds] if state.can_resume else kinds)
