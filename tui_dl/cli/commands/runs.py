"""``tui-dl runs``: a list of all runs, newest first."""

from __future__ import annotations

import shutil
import sys
import time
from argparse import ArgumentParser, Namespace

from rich.cells import cell_len

from tui_dl.cli.exit_status import DONE
from tui_dl.cli.line import shorten
from tui_dl.cli.options import add_json
from tui_dl.cli.output import GAP, print_json, print_table
from tui_dl.runs.folder import Run
from tui_dl.runs.home import all_runs, command_for, runs_home
from tui_dl.runs.listing import Listed, listed
from tui_dl.runs.status import State
from tui_dl.runs.summary import summary
from tui_dl.support.command_line import command_line
from tui_dl.support.formatting import NOTHING, age, percent, short, whole
from tui_dl.support.terminal_text import printable

HELP = "list all runs, newest first"
GROUP = "Look at runs"

COLUMNS = {
    "RUN": "<", "STATUS": "<", "EPOCHS": ">", "BEST LOSS": ">", "TEST": ">", "AGE": ">",
    "REMARK": "<",
}  # fmt: skip
SPARE = "AGE", "BEST LOSS"  # an id begins with when it was made, and `show` has both
LEGIBLE = 10  # cells of a remark or id that is cut, at least

Columns = dict[str, tuple[str, ...]]  # cells by their column's name, which is the first one


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_json(parser, "print one object a line")


def run(options: Namespace) -> int:
    """Print one line a run."""
    home = runs_home(options.runs)
    runs = all_runs(home)
    if options.json:
        for each in runs:
            print_json(summary(State(each)))
    elif runs:
        lines = [(each, listed(each)) for each in runs]
        rows = [[printable(cell) for cell in _row(*line)] for line in lines]
        cells = zip(COLUMNS, *rows, strict=True)
        columns = dict(zip(COLUMNS, cells, strict=True))
        if sys.stdout.isatty():
            columns = _fitting(columns, shutil.get_terminal_size().columns)
        print_table(zip(*columns.values(), strict=True), "".join(COLUMNS[it] for it in columns))
        if failed := [each for each, line in lines if line.can_resume]:
            print(f"\nResume one: {command_for('resume', failed[0])}")
    else:
        print(f"No runs in {home} yet.  Start one: {command_line('train', 'first-network')}")
    return DONE


def _fitting(columns: Columns, width: int) -> Columns:
    """The columns that fit lines of `width` cells.

    Spare columns are left out first, then remarks are cut, then ids: every command accepts the
    beginning of one.
    """
    kept = {name: cells for name, cells in columns.items() if name != "REMARK" or any(cells[1:])}
    remark = max(map(cell_len, kept.get("REMARK", ("",))))
    for name in SPARE:
        if _width(kept) - max(remark - LEGIBLE, 0) > width:
            del kept[name]
    for name in ("REMARK", "RUN"):
        if name in kept and (over := _width(kept) - width) > 0:
            room = max(max(map(cell_len, kept[name])) - over, LEGIBLE)
            kept[name] = tuple(shorten(cell, room) for cell in kept[name])
    return kept


def _width(columns: Columns) -> int:
    """The width of a line of the table, in cells."""
    return sum(max(map(cell_len, cells)) + GAP for cells in columns.values()) - GAP


def _row(run: Run, it: Listed) -> tuple[str, ...]:
    return (
        run.id,
        it.status,
        whole(it.epochs),
        NOTHING if it.best_validation_loss is None else short(it.best_validation_loss),
        percent(it.test_accuracy),
        age(time.time() - it.started_at) if it.started_at else NOTHING,
        ", ".join(it.remarks),
    )
