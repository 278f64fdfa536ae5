"""The run that another one was made from, as far as names and times say it."""

from __future__ import annotations

from collections.abc import Sequence

from tui_dl import presets
from tui_dl.runs.folder import Run
from tui_dl.runs.preset_name import preset_of, preset_of_run
from tui_dl.spec.differences import differences
from tui_dl.support.errors import UserError

MOST_READ = 20  # runs whose experiments are looked at


def predecessor(run: Run, runs: Sequence[Run]) -> Run | None:
    """The newest earlier run of the same preset, or whose name `run`'s begins with, that differs.

    Args:
        run: the run.
        runs: those to choose from, the newest first.
    """
    known = [it for it in runs if it.began < run.began and it != run]
    alike = []
    if not preset_of(run.name, presets.COURSE):  # the name is one of its own
        alike = [it for it in known if preset_of(run.name, [it.name])]
    if not alike and (preset := preset_of_run(run)) is not None:
        alike = [it for it in known if preset_of_run(it) == preset]
    return next((it for it in alike[:MOST_READ] if _differs(it, run)), None)


def _differs(run: Run, other: Run) -> bool:
    """Whether both can be read and have other settings."""
    try:
        return bool(differences(run.experiment, other.experiment))
    except UserError:
        return False
