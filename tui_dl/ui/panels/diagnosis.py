"""The newest problem of the data, of a check or in training, and its remedy; else hidden."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.reactive import reactive

from tui_dl.drawing.styled_text import StyledLine
from tui_dl.protocol.check_result import CheckResult
from tui_dl.protocol.events import Diagnosed
from tui_dl.runs.view import RunView
from tui_dl.spec.data_spec import Finding
from tui_dl.ui.panels.rows import Rows

Problem = Finding | CheckResult | Diagnosed


class DiagnosisLines(Rows):
    """The newest problem, its remedy below it, and how many there are."""

    problems: reactive[tuple[Problem, ...]] = reactive((), repaint=False, toggle_class="-any")

    def show(self, view: RunView) -> None:
        """Show the problems of `view`: doubts about its data, failed checks, then diagnoses."""
        self.problems = (*reversed(view.findings), *view.failed_checks, *view.diagnoses)

    def watch_problems(self) -> None:
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        return problem_rows(self.problems, width) if self.problems else []


def problem_rows(problems: tuple[Problem, ...], width: int) -> list[StyledLine]:
    """The newest of `problems`, its remedy below it, and how many there are."""
    newest, count = problems[-1], len(problems)
    name, _, says = newest.headline.partition(": ")
    number = f" ({count} of {count})" if count > 1 else ""
    says = _cut(f"{number}: {says}", width - cell_len(f"▲ {name}"))
    first: StyledLine = [("▲ ", "warn"), (name, "warn"), (says, "plain")]
    if not newest.remedy:
        return [first]
    label, room = "  try: ", width - len("  try: ")
    if not isinstance(newest, Diagnosed):
        return [first, [(label, "dim"), (newest.remedy, "strong")]]
    remedy = newest.remedy if cell_len(newest.remedy) <= room else newest.advice
    second: StyledLine = [(label, "dim"), (remedy, "strong")]
    lesson = f"  ·  lesson {newest.lesson}" * bool(newest.lesson)
    if cell_len(remedy + lesson) <= room:
        second += [(lesson, "dim")]
    return [first, second]


def _cut(text: str, cells: int) -> str:
    """`text`, or as much of it as there is room for and an ellipsis."""
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, max(cells - 1, 0)).rstrip() + "…"
