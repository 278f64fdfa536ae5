"""The short title of a run: its name, and what differs from the preset of that name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tui_dl import presets
from tui_dl.runs.folder import Run
from tui_dl.runs.preset_name import preset_of
from tui_dl.spec.differences import described
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.run_title import run_title
from tui_dl.spec.toml.reading import read
from tui_dl.support.errors import UserError


def title_of(run: Run) -> str:
    """A run's title: ``lenet5 · filters=12``, or its name where no preset has that.

    Raises:
        UserError: its experiment is damaged.
    """
    name = preset_of(run.name, presets.COURSE)
    if name is None:
        return run.name
    preset = _preset(presets.find(name))
    if preset is None:
        return run.name
    return run_title(name, described(preset, run.experiment), run.experiment)


@cache
def _preset(path: Path) -> Experiment | None:
    """The preset in a file; None where it cannot be read, which the library says."""
    try:
        return read(path)
    except UserError:
        return None
