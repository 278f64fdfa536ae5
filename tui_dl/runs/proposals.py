"""What a run proposes to train next: the cures of its diagnoses, or else its lesson's change."""

from __future__ import annotations

from collections.abc import Sequence

from tui_dl.protocol.events import Diagnosed
from tui_dl.runs.folder import Run
from tui_dl.runs.short_title import is_changed
from tui_dl.spec.differences import differences
from tui_dl.spec.lesson_changes import examples
from tui_dl.spec.toml.reading import parse
from tui_dl.support.errors import UserError


def lesson_change(run: Run) -> list[str]:
    """The overrides that the lesson of a run proposes for it; empty where it proposes none.

    It speaks of its preset as it is: in a changed run the same layer may be another one. In an
    experiment of the user's own the change may be made already. What is to be tried with variants
    too is more than one run.

    Raises:
        UserError: the run's experiment is damaged.
    """
    lesson = run.experiment.lesson
    example = next(iter(examples(lesson.en.try_)), None) if lesson else None
    if example is None or example.variants or is_changed(run):
        return []
    return [] if _is_made(run, example.overrides) else example.overrides


def _is_made(run: Run, overrides: list[str]) -> bool:
    """Whether overrides change nothing; what needs data that are read anew changes something."""
    experiment, spec = run.experiment, run.experiment.data_spec
    try:
        changed = parse(
            experiment.to_toml(),
            run.id,
            overrides,
            of_run=True,
            describe=lambda it: it.described(spec),
        )
    except UserError:
        return False
    return not differences(experiment, changed)


def proposals(diagnoses: Sequence[Diagnosed], from_lesson: list[str]) -> list[list[str]]:
    """The overrides of each proposal, the first one to be made; empty where there is none.

    Args:
        diagnoses: those of the moment that is shown, the newest last.
        from_lesson: see `lesson_change`; proposed where no diagnosis has a cure.
    """
    cures = [list(it.change) for it in reversed(diagnoses) if it.change]
    return cures or [from_lesson] * bool(from_lesson)
