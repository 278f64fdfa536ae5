"""Opens the dashboard from the shell; says on quitting how to come back."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from tui_dl.cli.exit_status import DONE
from tui_dl.course.language import language
from tui_dl.runs.folder import Run
from tui_dl.runs.home import command_for
from tui_dl.spec.course.lesson import Language
from tui_dl.support.settings import settings_path

if TYPE_CHECKING:
    from tui_dl.process.origin import Origin


def watch(
    home: Path,
    run: Run | None,
    plays: bool = False,
    chosen: Language | None = None,
    origin: Origin | None = None,
) -> int:
    """Show the dashboard until the user quits.

    Args:
        home: the folder of all runs.
        run: the run to show; without one the library is shown.
        plays: whether to begin at the run's first step.
        chosen: the language of lessons; by default that of the environment.
        origin: what the builder opens with; without one it is not opened.
    """
    gc.disable()  # what is imported stays: looking for garbage in it takes a tenth of the time
    from tui_dl.ui.app import open_dashboard

    gc.freeze()
    gc.enable()
    left = open_dashboard(home, run, plays, language(chosen), settings_path(), origin)
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
