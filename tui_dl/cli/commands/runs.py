"""``tui-dl runs``: a list of all runs, newest first."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, Namespace

from tui_dl.cli.exit_status import DONE
from tui_dl.cli.options import add_json
from tui_dl.cli.output import print_json
from tui_dl.cli.table import columns_of, print_columns
from tui_dl.runs.folder import Run
from tui_dl.runs.home import all_runs, command_for, runs_home
from tui_dl.runs.listing import Listed, listed
from tui_dl.runs.status import State
from tui_dl.runs.summary import summary
from tui_dl.support.command_line import command_line
from tui_dl.support.formatting import NOTHING, age, short, whole
from tui_dl.support.translations import said, tr

HELP = "list all runs, newest first"
GROUP = "Look at runs"

COLUMNS = {
    "RUN": "<", "STATUS": "<", "EPOCHS": ">", "BEST LOSS": ">", "TEST": ">", "AGE": ">",
    "REMARK": "<",
}  # fmt: skip
SPARE = "AGE", "BEST LOSS", "EPOCHS", "REMARK", "TEST", "STATUS"  # `show` has them, given the id
CUT = ("REMARK",)


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_json(parser, "print one object a line, as JSON")


def run(options: Namespace) -> int:
    """Print one line a run."""
    home = runs_home(options.runs)
    runs = all_runs(home)
    if options.json:
        for each in runs:
            print_json(summary(State(each)))
    elif runs:
        lines = [(each, listed(each)) for each in runs]
        columns = columns_of(list(COLUMNS), [_row(*line) for line in lines])
        if sys.stdout.isatty() and not any(columns["REMARK"][1:]):
            del columns["REMARK"]
        print_columns(columns, COLUMNS, SPARE, CUT)
        if failed := [each for each, line in lines if line.can_resume]:
            print(f"\n{tr('Resume one: {command}', command=command_for('resume', failed[0]))}")
    else:
        start = command_line("train", "first-network")
        says = "No runs in {folder} yet.  Start one: {command}"
        print(tr(says, folder=home, command=start))
    return DONE


def _row(run: Run, it: Listed) -> tuple[str, ...]:
    return (
        run.id,
        tr(it.status),
        whole(it.epochs),
        NOTHING if it.best_validation_loss is None else short(it.best_validation_loss),
        said(it.figure),
        age(time.time() - it.started_at) if it.started_at else NOTHING,
        ", ".join(map(said, it.remarks)),
    )
