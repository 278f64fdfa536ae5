"""What the list says of a preset: whether it was trained, what that gave, and what is missing."""

from __future__ import annotations

from tui_dl.runs.of_preset import Result
from tui_dl.runs.status import LIVE
from tui_dl.ui.preset_reader import PresetFacts

Styled = tuple[str, str]
NOTHING: tuple[Styled, Styled] = (" ", ""), ("", "")


def mark_of(facts: PresetFacts) -> tuple[Styled, Styled]:
    """The sign before a preset's title and the note behind it, each with its style.

    Figures are those of the newest run of the preset as it is.
    """
    if facts.experiment is None:
        return ("✘", "$error"), ("cannot be read", "$error")
    data = facts.experiment.data
    if data.extra and data.is_missing:
        return (" ", ""), (f"needs {data.extra.module}", "$warning")
    if any(it.listed.status in LIVE for it in facts.results):
        return ("●", "$primary"), ("running", "$primary")
    over = [it for it in facts.results if it.listed.status in ("finished", "stopped")]
    if not over:
        return NOTHING
    same = next((it for it in over if not it.changes), None)
    if same is None:
        return ("✔", "$foreground-muted"), ("", "")
    return _of_run(same)


def _of_run(result: Result) -> tuple[Styled, Styled]:
    """The figure of a run; one that has a diagnosis is no success."""
    listed = result.listed
    if listed.diagnoses:
        return ("✔", "$warning"), (f"{listed.figure} ▲", "$warning")
    return ("✔", "$success"), (listed.figure, "$foreground-muted")
