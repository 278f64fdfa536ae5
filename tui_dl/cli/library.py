"""``tui-dl [FILE]``: the dashboard at the course, or at a file in the builder."""

from __future__ import annotations

from argparse import Namespace

from tui_dl.cli import dashboard
from tui_dl.cli.terminal import need_terminal
from tui_dl.runs.home import runs_home


def run(options: Namespace) -> int:
    """Open the dashboard on no run."""
    need_terminal()
    home, origin = runs_home(options.runs), None
    if options.file is not None:
        from tui_dl.process.origin import of_name

        origin = of_name(options.file)
    return dashboard.watch(home, None, options.lang, origin=origin)
