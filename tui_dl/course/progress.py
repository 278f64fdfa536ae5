"""How far a preset of the course is: which of its claims the user's own runs have shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tui_dl.course.verdict import variants_of, verdicts_of
from tui_dl.runs.folder import Run
from tui_dl.runs.of_preset import Result
from tui_dl.spec.differences import differences
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.variants import Describe, variants


class Progress(NamedTuple):
    """How far the claims of a preset are.

    Attributes:
        claims: how many there are.
        tested: how many can be tested with the runs.
        held: how many of those hold.
        missing: the variants whose runs the others need; the empty name is the preset's.
    """

    claims: int
    tested: int
    held: int
    missing: frozenset[str] = frozenset()

    @property
    def is_complete(self) -> bool:
        """Whether every claim was shown."""
        return self.held == self.claims


def own_runs(
    experiment: Experiment, results: Iterable[Result], describe: Describe
) -> dict[str, Run]:
    """The newest whole runs of a preset as it is and of its variants, by their names.

    One that was stopped before its end says nothing of claims. A claim may be that a run fails.

    Args:
        experiment: the preset.
        results: its runs, newest first.
        describe: see `variants`.
    """
    wanted = {"": ()} | {
        name: tuple(differences(experiment, it))
        for name, it in variants(experiment, describe).items()
    }
    whole = {it.changes: it.run for it in reversed(list(results)) if it.listed.is_whole}
    return {name: whole[changes] for name, changes in wanted.items() if changes in whole}


def progress(experiment: Experiment, runs: dict[str, Run]) -> Progress:
    """What runs of a preset, by variant, have shown of its claims."""
    found = verdicts_of(experiment, runs)
    named = frozenset[str]().union(*map(variants_of, experiment.claim))
    held = sum(it.holds for it in found)
    return Progress(len(experiment.claim), len(found), held, named - runs.keys())
