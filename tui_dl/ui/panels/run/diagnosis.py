"""The newest problem with a remedy of the data, of a check or in training, and the remedy."""

from __future__ import annotations

from rich.cells import cell_len
from textual.geometry import Size

from tui_dl.drawing.styled_text import StyledLine, length
from tui_dl.drawing.wrapped import at_most
from tui_dl.protocol.check_result import CheckResult
from tui_dl.protocol.events import Diagnosed
from tui_dl.runs.view import RunView
from tui_dl.spec.data_spec import Finding
from tui_dl.support.translations import said, tr
from tui_dl.ui.panels.panel import EVERY_TAB, Panel
from tui_dl.ui.panels.tabs import NAMES, label

Problem = Finding | CheckResult | Diagnosed
MOST_ROWS = 3
KEY = "[t] trains with it"  # shown of a remedy that can be trained with


class DiagnosisLines(Panel, can_focus=False):
    """The newest problem that has a remedy, the remedy below it, and how many there are."""

    TAB = EVERY_TAB
    ORDER = 3
    LEAST_SIZE = Size(1, MOST_ROWS)  # the remedy is there on the smallest terminal too
    WEIGHT = 0

    @classmethod
    def wants(cls, view: RunView) -> bool:
        return bool(problems(view))

    def rows_wanted(self, width: int) -> int:
        return len(self.draw(width, MOST_ROWS))

    def draw(self, width: int, height: int) -> list[StyledLine]:
        found = problems(self.view) if self.view else ()
        return problem_rows(found, width, height) if found else []


def problems(view: RunView) -> tuple[Problem, ...]:
    """The problems of `view`: doubts about its data, failed checks, then diagnoses."""
    return (*reversed(view.findings), *view.failed_checks, *view.diagnoses)


def problem_rows(problems: tuple[Problem, ...], width: int, height: int) -> list[StyledLine]:
    """The newest of `problems` that has a remedy, and how many there are; else the newest one.

    The remedy stands below it where rows are left. What is cut names the tab that has the whole.
    """
    newest = next((it for it in reversed(problems) if it.remedy), problems[-1])
    count = len(problems)
    headline = said(newest.headline)
    name = headline.partition(": ")[0]
    most = height - (height > 2 and bool(newest.remedy))
    tab = NAMES.index("events") + 1  # lists them all
    others = f"  {tr('+{count} on tab {tab}', count=count - 1, tab=tab)}" * (count > 1)
    whole = f" {label('events')}"
    first, *more = at_most(headline, width - 2, most, whole)
    rows: list[StyledLine] = [
        [("▲ ", "warn"), (first[: len(name)], "warn"), (first[len(name) :], "plain")],
        *([(f"  {it}", "plain")] for it in more),
    ]
    if length(rows[-1]) + cell_len(others) <= width:
        rows[-1], others = [*rows[-1], (others, "dim")], ""
    left = height - len(rows)
    if not newest.remedy or not left:
        return rows
    before = f"  {tr('try')}: "
    remedy = said(newest.advice if isinstance(newest, Diagnosed) else newest.remedy)
    for it in at_most(remedy, width - cell_len(before), left, others or whole):
        rows.append([(before, "dim"), (it, "strong")])
        before = " " * cell_len(before)
    if isinstance(newest, Diagnosed):
        key = f"  {tr(KEY)}" * bool(newest.change)
        lesson = f"  ·  {tr('lesson {name}', name=newest.lesson)}" * bool(newest.lesson)
        for addition in (key, lesson, others):
            if length(rows[-1]) + cell_len(addition) <= width:
                rows[-1] = [*rows[-1], (addition, "dim")]
    return rows
