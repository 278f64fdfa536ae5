"""The runs of each preset, and what they gave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tui_dl.runs.folder import Run
from tui_dl.runs.listing import Listed, listed
from tui_dl.runs.preset_name import preset_of, preset_of_run
from tui_dl.spec.differences import differences
from tui_dl.spec.experiment import Experiment
from tui_dl.support.errors import UserError


class Result(NamedTuple):
    """One run of a preset.

    Attributes:
        run: the run.
        listed: what a list says of it.
        changes: the overrides by which it differs from the preset.
    """

    run: Run
    listed: Listed
    changes: tuple[str, ...]


def by_preset(runs: Iterable[Run], presets: Sequence[str]) -> dict[str, list[Run]]:
    """The runs of each preset that has any, in the order of `runs`."""
    found: dict[str, list[Run]] = {it: [] for it in presets}
    named = cache(lambda name: preset_of(name, presets))  # many runs have one name
    for run in runs:
        preset = named(run.name) or preset_of_run(run)
        if preset in found:
            found[preset].append(run)
    return {preset: own for preset, own in found.items() if own}


def results(runs: Iterable[Run], experiment: Experiment) -> Iterator[Result]:
    """What runs of the preset `experiment` gave; those that cannot be read are left out.

    A run that has the name by chance, and other data, is none of the preset.
    """
    for run in runs:
        try:
            changes = differences(experiment, run.experiment)
            if type(run.experiment.data) is type(experiment.data):
                yield Result(run, listed(run), tuple(changes))
        except (UserError, OSError):
            continue
