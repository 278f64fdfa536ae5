"""What a run proposes to train next: the cures of its diagnoses, or else its lesson's change."""

from __future__ import annotations

from collections.abc import Sequence

from tui_dl.protocol.events import Diagnosed
from tui_dl.runs.folder import Run
from tui_dl.runs.short_title import is_changed
from tui_dl.spec.lesson_changes import examples


def lesson_change(run: Run) -> list[str]:
    """The overrides that the lesson of a run proposes for it; empty where it proposes none.

    It speaks of its preset as it is: in a changed run the same layer may be another one, or the
    change may be made already. What is to be tried with variants too is more than one run.

    Raises:
        UserError: the run's experiment is damaged.
    """
    lesson = run.experiment.lesson
    example = next(iter(examples(lesson.en.try_)), None) if lesson else None
    return [] if example is None or example.variants or is_changed(run) else example.overrides


def proposals(diagnoses: Sequence[Diagnosed], from_lesson: list[str]) -> list[list[str]]:
    """The overrides of each proposal, the first one to be made; empty where there is none.

    Args:
        diagnoses: those of the moment that is shown, the newest last.
        from_lesson: see `lesson_change`; proposed where no diagnosis has a cure.
    """
    cures = [list(it.change) for it in reversed(diagnoses) if it.change]
    return cures or [from_lesson] * bool(from_lesson)
