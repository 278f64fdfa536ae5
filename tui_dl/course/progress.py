"""How far a preset of the course is: which of its claims the user's own runs have shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tui_dl.course.verdict import verdicts_of
from tui_dl.runs.folder import Run
from tui_dl.runs.of_preset import Result
from tui_dl.spec.differences import differences
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.variants import Describe, variants

OVER = ("finished", "stopped", "failed")  # a claim may be that a run fails


class Progress(NamedTuple):
    """The claims of a preset: how many there are, can be tested with the runs, and hold."""

    claims: int
    tested: int
    held: int

    @property
    def is_complete(self) -> bool:
        """Whether every claim was shown."""
        return self.held == self.claims


def own_runs(
    experiment: Experiment, results: Iterable[Result], describe: Describe
) -> dict[str, Run]:
    """The newest runs that are over, of a preset as it is and of its variants, by their names.

    Args:
        experiment: the preset.
        results: its runs, newest first.
        describe: see `variants`.
    """
    wanted = {"": ()} | {
        name: tuple(differences(experiment, it))
        for name, it in variants(experiment, describe).items()
    }
    over = {it.changes: it.run for it in reversed(list(results)) if it.listed.status in OVER}
    return {name: over[changes] for name, changes in wanted.items() if changes in over}


def progress(experiment: Experiment, runs: dict[str, Run]) -> Progress:
    """What runs of a preset, by variant, have shown of its claims."""
    found = verdicts_of(experiment, runs)
    return Progress(len(experiment.claim), len(found), sum(it.holds for it in found))
