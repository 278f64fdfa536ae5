"""``tui-dl attach``: the dashboard on a run, live or ended."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from tui_dl.cli import dashboard
from tui_dl.cli.find_run import chosen
from tui_dl.cli.options import add_language, add_run
from tui_dl.cli.terminal import need_terminal

HELP = "open the dashboard on a run"
GROUP = "Look at runs"


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_run(parser, optional=True)
    add_language(parser)


def run(options: Namespace) -> int:
    """Open the dashboard on the run that was asked for."""
    state = chosen(options)
    _ = state.run.experiment  # a damaged one is refused here, not in the middle of the screen
    need_terminal()
    if damage := state.damage:
        print(f"tui-dl: {state.run.id}: {damage}", file=sys.stderr)
    return dashboard.watch(state.run.path.parent, state.run, chosen=options.lang)
