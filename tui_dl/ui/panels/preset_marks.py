"""What the list says of a preset: whether it was trained, what that gave, and what is missing."""

from __future__ import annotations

from tui_dl.drawing.run_sign import SIGNS, run_sign
from tui_dl.runs.of_preset import Result
from tui_dl.runs.status import LIVE
from tui_dl.support.translations import tr
from tui_dl.ui.preset_reader import PresetFacts

DONE, BEGUN = "✔", "½"

Styled = tuple[str, str]
NOTHING: tuple[Styled, Styled] = (" ", ""), ("", "")


def mark_of(facts: PresetFacts) -> tuple[Styled, Styled]:
    """The sign before a preset's title and the note behind it, each with its style.

    Figures are those of the newest run of the preset as it is. It is ticked once runs have shown
    all of its claims, if it has some.
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
    same = next((it for it in over if not it.changes), None)
    complete = not facts.experiment.claim or (facts.progress and facts.progress.is_complete)
    sign = DONE if complete else BEGUN
    if same is None:
        return (sign, "$foreground-muted"), ("", "")
    return _of_run(same, sign)


def _of_run(result: Result, sign: str) -> tuple[Styled, Styled]:
    """The figure of a run, with the run's own sign where that is no tick."""
    listed = result.listed
    own, style = run_sign(listed.status, bool(listed.diagnoses), listed.is_better)
    if own == DONE:
        return (sign, f"$style-{style}"), (listed.figure, "$foreground-muted")
    return (sign, f"$style-{style}"), (f"{listed.figure} {own}", f"$style-{style}")
