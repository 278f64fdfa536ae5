"""What the list says of a preset: whether it was trained, what that gave, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_dl.drawing.run_sign import SIGNS, run_sign
from tui_dl.runs.of_preset import Result
from tui_dl.runs.status import LIVE
from tui_dl.support.translations import tr
from tui_dl.ui.preset_reader import PresetFacts

if TYPE_CHECKING:
    from tui_dl.course.progress import Progress

DONE, BEGUN = "✔", "½"

Styled = tuple[str, str]
NOTHING: tuple[Styled, Styled] = (" ", ""), ("", "")


def mark_of(facts: PresetFacts) -> tuple[Styled, Styled]:
    """The sign before a preset's title and the note behind it, each with its style.

    Figures are those of the newest run of the preset as it is, of one that was stopped only where
    there is no whole one. It is ticked once runs have shown all of its claims, if it has some, and
    has no sign until one of them is tested.
    """
    if facts.experiment is None:
        return ("✘", "$error"), (tr("cannot be read"), "$error")
    data = facts.experiment.data
    if data.extra and data.is_missing:
        return (" ", ""), (tr("needs {module}", module=data.extra.module), "$warning")
    if any(it.listed.status in LIVE for it in facts.results):
        return (SIGNS["running"][0], "$primary"), (tr("running"), "$primary")
    over = [it for it in facts.results if it.listed.status in ("finished", "stopped")]
    if not over:
        return NOTHING
    same = [it for it in over if not it.changes]
    newest = next((it for it in same if it.listed.is_whole), same[0] if same else None)
    sign = _sign(facts.progress) if facts.experiment.claim else DONE
    if newest is None:
        return (sign, "$foreground-muted"), ("", "")
    return _of_run(newest, sign)


def _sign(progress: Progress | None) -> str:
    """How far the claims are, as one character."""
    if progress is None or not progress.tested:
        return " "
    return DONE if progress.is_complete else BEGUN


def _of_run(result: Result, sign: str) -> tuple[Styled, Styled]:
    """The figure of a run, with the run's own sign where that is no tick."""
    listed = result.listed
    own, style = run_sign(listed.status, bool(listed.diagnoses), listed.is_better)
    if own == DONE:
        return (sign, f"$style-{style}"), (listed.figure, "$foreground-muted")
    return (sign, f"$style-{style}"), (f"{listed.figure} {own}", f"$style-{style}")
