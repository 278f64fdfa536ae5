"""``tui-dl``: the library of presets, full screen."""

from __future__ import annotations

from argparse import Namespace

from tui_dl.cli import dashboard
from tui_dl.cli.terminal import need_terminal
from tui_dl.runs.home import runs_home


def run(options: Namespace) -> int:
    """Open the dashboard on no run."""
    need_terminal()
    return dashboard.watch(runs_home(options.runs), None, chosen=options.lang)
