"""The experiment of a run with the change that is proposed for it."""

from __future__ import annotations

from msgspec.structs import replace

from tui_dl.process.read_experiment import describe
from tui_dl.spec.differences import differences
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse


def proposed(experiment: Experiment, proposals: list[list[str]]) -> Experiment | None:
    """The experiment with the first proposal that changes it; None where there is none.

    Args:
        experiment: of the run.
        proposals: the overrides of each, the first one to be made first.

    Raises:
        UserError: it cannot be trained with the proposal.
    """
    base = experiment.with_train(replace(experiment.train, change=[]))
    for overrides in proposals:
        changed = parse(base.to_toml(), "the experiment", overrides, of_run=True, describe=describe)
        if differences(base, changed):
            return changed
    return None
