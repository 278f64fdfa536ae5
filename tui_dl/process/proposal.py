"""The change of an experiment that a run proposes: its newest diagnosis's, or its lesson's."""

from __future__ import annotations

from msgspec.structs import replace

from tui_dl.process.read_experiment import describe
from tui_dl.runs.view import RunView
from tui_dl.spec.differences import differences
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse


def proposed(
    view: RunView, experiment: Experiment, tries: list[list[str]], tries_first: bool
) -> Experiment | None:
    """The experiment with the first proposal that changes it; None where there is none.

    Args:
        view: a moment of the run; the cures of its diagnoses are proposed, the newest first.
        experiment: of the run.
        tries: what the lesson proposes.
        tries_first: whether they come before the cures.

    Raises:
        UserError: it cannot be trained with the proposal.
    """
    base = experiment.with_train(replace(experiment.train, change=[]))
    cures = [it.change for it in reversed(view.diagnoses) if it.change]
    for overrides in tries + cures if tries_first else cures + tries:
        changed = parse(base.to_toml(), "the experiment", overrides, of_run=True, describe=describe)
        if differences(base, changed):
            return changed
    return None
