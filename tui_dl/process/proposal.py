"""The change of an experiment that a run proposes: its newest diagnosis's, or its lesson's."""

from __future__ import annotations

from msgspec.structs import replace

from tui_dl.process.read_experiment import describe
from tui_dl.runs.view import RunView
from tui_dl.spec.differences import differences
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.lesson_changes import proposed_changes
from tui_dl.spec.toml.reading import parse


def proposed(
    view: RunView, experiment: Experiment, lesson_first: bool = False
) -> Experiment | None:
    """The experiment with the first proposal that changes it; None where there is none.

    Args:
        view: a moment of the run.
        experiment: of the run.
        lesson_first: whether what the lesson proposes comes before what the diagnoses do.

    Raises:
        UserError: it cannot be trained with the proposal.
    """
    base = experiment.with_train(replace(experiment.train, change=[]))
    for overrides in proposals(view, experiment, lesson_first):
        changed = parse(base.to_toml(), "the experiment", overrides, of_run=True, describe=describe)
        if differences(base, changed):
            return changed
    return None


def proposals(view: RunView, experiment: Experiment, lesson_first: bool = False) -> list[list[str]]:
    """Overrides that are proposed: of the newest diagnoses, and of the lesson."""
    cures = [it.change for it in reversed(view.diagnoses) if it.change]
    lesson = proposed_changes(experiment.lesson.en.try_) if experiment.lesson else []
    return lesson + cures if lesson_first else cures + lesson
