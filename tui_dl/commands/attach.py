"""``tui-dl attach``: the dashboard on a run, alive or over."""

from __future__ import annotations

import sys
from argparse import Namespace

from tui_dl.commands import dashboard
from tui_dl.runs.home import find, runs_home
from tui_dl.runs.status import State


def run(options: Namespace) -> int:
    """Open the dashboard on the run that was asked for."""
    home = runs_home(options.runs)
    chosen = find(home, options.run)
    _ = chosen.experiment  # a damaged one is refused here, not in the middle of the screen
    dashboard.need_terminal()
    if damage := State(chosen).damage:
        print(f"tui-dl: {chosen.id}: {damage}", file=sys.stderr)
    return dashboard.watch(home, chosen)
