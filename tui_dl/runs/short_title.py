"""The short title of a run: its name or preset, and what differs from the preset."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tui_dl import presets
from tui_dl.runs.folder import Run
from tui_dl.runs.preset_name import preset_of, preset_of_run
from tui_dl.runs.variant_of import what_differs
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.run_title import SEPARATOR, titled
from tui_dl.spec.toml.reading import read
from tui_dl.support.errors import UserError


def title_of(run: Run) -> str:
    """A run's title: ``lenet5 · filters=12``, ``mine · lenet5 · filters=12``, or its name alone.

    A run of a variant is called by the variant's name: ``vanishing-cured · batch_norm``. The run's
    own name comes first where it is not that of the preset, and is alone where there is none.

    Raises:
        UserError: its experiment is damaged.
    """
    name, preset = preset_of_run(run), preset_read(run)
    if name is None or preset is None:
        return run.name
    title = titled(name, what_differs(run, name, preset))
    return title if preset_of(run.name, [name]) else f"{run.name}{SEPARATOR}{title}"


def is_changed(run: Run) -> bool:
    """Whether a run is of a preset, but not of the preset as it is.

    Raises:
        UserError: its experiment is damaged.
    """
    name, preset = preset_of_run(run), preset_read(run)
    return bool(name and preset and what_differs(run, name, preset))


def preset_read(run: Run) -> Experiment | None:
    """The experiment of the preset that a run is of; None where there is none to be read."""
    name = preset_of_run(run)
    return _preset(presets.find(name)) if name else None


@cache
def _preset(path: Path) -> Experiment | None:
    """The preset in a file; None where it cannot be read, which the library says."""
    try:
        return read(path)
    except UserError:
        return None
