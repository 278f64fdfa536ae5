"""What one run says of the claims of its preset: of those that are meant for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tui_dl.course.progress import own_runs
from tui_dl.course.verdict import Verdict, variants_of, verdicts_of
from tui_dl.runs.folder import Run
from tui_dl.runs.listing import listed
from tui_dl.runs.of_preset import results
from tui_dl.runs.variant_of import variant_of, what_differs
from tui_dl.spec.differences import differences
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.variants import Describe


class Judged(NamedTuple):
    """What came of the claims of a run.

    Attributes:
        verdicts: of each claim that is meant for this run and can be tested.
        changes: what makes the run another one than the claims are meant for, in short; then there
            are no verdicts.
        left: how many claims of the preset wait for runs of its variants.
        stopped_at: the last epoch of a run that was stopped by hand, which no claim is meant for.
    """

    verdicts: tuple[Verdict, ...] = ()
    changes: tuple[str, ...] = ()
    left: int = 0
    stopped_at: int | None = None


def judged(
    run: Run, name: str, preset: Experiment, others: Iterable[Run], describe: Describe
) -> Judged:
    """Test the claims that name a run, which is the preset as it is or one of its variants.

    Args:
        run: a run of the preset.
        name: of the preset.
        preset: its experiment.
        others: runs that it may be compared with, newest first.
        describe: see `variants`.

    Raises:
        UserError: the run's experiment is damaged.
    """
    variant, base = variant_of(run, name, preset)
    if differences(base, run.experiment):
        return Judged(changes=tuple(what_differs(run, name, preset)) if preset.claim else ())
    if preset.claim and (stopped := if_stopped(run)):
        return stopped
    runs = own_runs(preset, results(others, preset), describe) | {variant: run}
    found = verdicts_of(preset, runs)
    own = tuple(it for it in found if variant in variants_of(it.claim))
    return Judged(own, left=len(preset.claim) - len(found))


def if_stopped(run: Run) -> Judged | None:
    """That a run was stopped before its end, if it was."""
    found = listed(run)
    return Judged(stopped_at=found.epochs) if found.status == "stopped" else None
