"""``tui-dl attach``: the dashboard on a run, live or ended."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tui_dl.cli import dashboard
from tui_dl.cli.find_run import chosen_run
from tui_dl.cli.options import add_run
from tui_dl.cli.output import complain
from tui_dl.cli.terminal import need_terminal
from tui_dl.runs.status import State

HELP = "open the dashboard on a run"
GROUP = "Look at runs"


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_run(parser, optional=True)


def run(options: Namespace) -> int:
    """Open the dashboard on the run that was asked for."""
    run = chosen_run(options)  # its events are read once the screen is there
    _ = run.experiment  # a damaged one is refused here, not in the middle of the screen
    need_terminal()
    status = dashboard.watch(run.path.parent, run, options.lang)
    if damage := State(run).damage:
        complain(f"{run.id}: {damage}")
    return status
