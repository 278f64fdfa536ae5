"""Tests the claims that are meant for one run, with the runs beside it."""

from __future__ import annotations

from collections.abc import Mapping

from tui_dl import presets
from tui_dl.course.judged import Judged, if_stopped, judged
from tui_dl.course.verdict import verdicts_of
from tui_dl.process.read_experiment import describe, read
from tui_dl.runs.folder import Run
from tui_dl.runs.home import all_runs
from tui_dl.runs.listing import listed
from tui_dl.runs.preset_name import preset_of, preset_of_run
from tui_dl.spec.experiment import Experiment


def judged_run(run: Run) -> Judged:
    """What a run says of the claims of its preset, or of its own ones where it has others.

    Raises:
        UserError: its experiment is damaged, or its preset is.
    """
    experiment, name = run.experiment, preset_of_run(run)
    preset = read(name) if name in presets.COURSE else None
    if name is None or preset is None or not _is_of(experiment, preset):
        stopped = if_stopped(run) if experiment.claim else None
        return stopped or Judged(tuple(verdicts_of(experiment, {"": run})))
    others = [it for it in all_runs(run.path.parent) if preset_of(it.name, [name])]
    return judged(run, name, preset, others, describe)


def judged_variants(experiment: Experiment, runs: Mapping[str, Run]) -> Judged:
    """What the runs of an experiment and of its variants say of its claims.

    Claims that name a run that was stopped before its end are left.

    Args:
        experiment: it has the claims.
        runs: its run, under the empty name, and that of each variant.

    Raises:
        UserError: an experiment is damaged.
    """
    if changes := judged_run(runs[""]).changes:
        return Judged(changes=changes)
    whole = {name: run for name, run in runs.items() if listed(run).is_whole}
    found = verdicts_of(experiment, whole)
    return Judged(tuple(found), left=len(experiment.claim) - len(found))


def _is_of(experiment: Experiment, preset: Experiment) -> bool:
    """Whether an experiment was made from a preset, and claims nothing else."""
    return experiment.title == preset.title and set(experiment.claim) <= set(preset.claim)
