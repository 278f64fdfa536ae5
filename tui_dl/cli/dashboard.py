"""Opens the dashboard from the shell; says on quitting how to come back."""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui_dl.cli.exit_status import DONE
from tui_dl.runs.folder import Run
from tui_dl.runs.home import command_for
from tui_dl.spec.course.lesson import Language
from tui_dl.support.settings import settings_path
from tui_dl.support.translations import tr

if TYPE_CHECKING:
    from tui_dl.process.origin import Origin

FRAMES = "120"  # that Textual looks for changes a second: after a key it waits for the next look


def watch(
    home: Path,
    run: Run | None,
    language: Language,
    plays: bool = False,
    origin: Origin | None = None,
) -> int:
    """Show the dashboard until the user quits.

    Args:
        home: the folder of all runs.
        run: the run to show; without one the library is shown.
        language: the first one.
        plays: whether to begin at the run's first step.
        origin: what the builder opens with; without one it is not opened.
    """
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    gc.disable()  # what is imported stays: looking for garbage in it takes a tenth of the time
    from tui_dl.ui.app import open_dashboard
    from tui_dl.ui.garbage_collection import THRESHOLDS

    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    gc.enable()
    left = open_dashboard(home, run, plays, language, settings_path(), origin)
    if left:
        print(goodbye(left))
    return DONE


def goodbye(run: Run) -> str:
    """What becomes of a run that is left; how to come back to it, or to stop it."""
    from tui_dl.runs.status import State  # not before the first frame

    status = State(run).status
    if status == "stopping" or _is_told_to_stop(run):
        return tr("{run} is stopping; its weights and curves are kept.", run=run.name)
    paused, running = "{run} is paused.", "{run} keeps running in the background."
    says = tr(paused if status == "paused" else running, run=run.name)
    back, stop = command_for("attach", run), command_for("stop", run)
    ways = tr("Come back: {command}", command=back), tr("Stop it:   {command}", command=stop)
    return "\n  ".join((says, *ways))


def _is_told_to_stop(run: Run) -> bool:
    """Whether a request to stop is under way to the worker."""
    from tui_dl.protocol.commands import Stop
    from tui_dl.runs.mailbox import pending

    with suppress(OSError):
        return any(isinstance(command, Stop) for _, command in pending(run.control))
    return False
