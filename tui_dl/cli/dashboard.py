"""Opens the dashboard from the shell; says on quitting how to come back."""

from __future__ import annotations

import gc
from pathlib import Path

from tui_dl.cli.exit_status import DONE
from tui_dl.runs.folder import Run
from tui_dl.runs.home import command_for


def watch(home: Path, run: Run | None, plays: bool = False) -> int:
    """Show the dashboard until the user quits; one that `plays` begins at the run's first step."""
    gc.disable()  # what is imported stays: looking for garbage in it takes a tenth of the time
    from tui_dl.ui.app import open_dashboard

    gc.freeze()
    gc.enable()
    left = open_dashboard(home, run, plays)
    if left:
        print(goodbye(left))
    return DONE


def goodbye(run: Run) -> str:
    """How to come back to a run that keeps running, or to stop it."""
    return (
        f"{run.name} keeps running in the background.\n"
        f"  Come back: {command_for('attach', run)}\n"
        f"  Stop it:   {command_for('stop', run)}"
    )
