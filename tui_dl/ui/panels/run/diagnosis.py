"""The newest problem of the data, of a check or in training, and its remedy."""

from __future__ import annotations

from rich.cells import cell_len
from textual.geometry import Size

from tui_dl.drawing.styled_text import StyledLine, cut, length
from tui_dl.drawing.wrapped import wrapped
from tui_dl.protocol.check_result import CheckResult
from tui_dl.protocol.events import Diagnosed
from tui_dl.runs.view import RunView
from tui_dl.spec.data_spec import Finding
from tui_dl.support.translations import said, tr
from tui_dl.ui.panels.panel import EVERY_TAB, Panel
from tui_dl.ui.panels.tabs import NAMES

Problem = Finding | CheckResult | Diagnosed
KEY = "[t] trains with it"  # shown of a remedy that can be trained with


class DiagnosisLines(Panel, can_focus=False):
    """The newest problem, its remedy below it, and how many there are."""

    TAB = EVERY_TAB
    ORDER = 3
    LEAST_SIZE = Size(1, 1)
    WEIGHT = 0

    @classmethod
    def wants(cls, view: RunView) -> bool:
        return bool(problems(view))

    def rows_wanted(self, width: int) -> int:
        return len(self.draw(width, 3))

    def draw(self, width: int, height: int) -> list[StyledLine]:
        found = problems(self.view) if self.view else ()
        return problem_rows(found, width, height) if found else []


def problems(view: RunView) -> tuple[Problem, ...]:
    """The problems of `view`: doubts about its data, failed checks, then diagnoses."""
    return (*reversed(view.findings), *view.failed_checks, *view.diagnoses)


def problem_rows(problems: tuple[Problem, ...], width: int, height: int) -> list[StyledLine]:
    """The newest of `problems`, its remedy below it, and how many there are, in some rows."""
    newest, count = problems[-1], len(problems)
    name, _, says = said(newest.headline).partition(": ")
    says = cut(f": {says}", width - cell_len(f"▲ {name}"))
    first: StyledLine = [("▲ ", "warn"), (name, "warn"), (says, "plain")]
    tab = NAMES.index("events") + 1  # lists them all
    others = f"  {tr('+{count} on tab {tab}', count=count - 1, tab=tab)}" * (count > 1)
    if length(first) + cell_len(others) <= width:
        first, others = [*first, (others, "dim")], ""
    if not newest.remedy:
        return [first]
    label, remedy = f"  {tr('try')}: ", said(newest.remedy)
    room = width - cell_len(label)
    if not isinstance(newest, Diagnosed):
        rows, most = wrapped(remedy, room), max(height - 1, 1)
        if len(rows) > most:
            rows[most - 1 :] = [cut(" ".join(rows[most - 1 :]), room)]
        labels = label, *[" " * cell_len(label)] * (len(rows) - 1)
        pairs = zip(labels, rows, strict=True)
        return [first, *([(name, "dim"), (row, "strong")] for name, row in pairs)]
    remedy = remedy if cell_len(remedy) <= room else said(newest.advice)
    second: StyledLine = [(label, "dim"), (remedy, "strong")]
    key = f"  {tr(KEY)}" * bool(newest.change)
    lesson = f"  ·  {tr('lesson {name}', name=newest.lesson)}" * bool(newest.lesson)
    for more in (key, lesson, others):
        room -= cell_len(more)
        if cell_len(remedy) <= room:
            second += [(more, "dim")]
    return [first, second]
