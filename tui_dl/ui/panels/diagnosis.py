"""The newest diagnosis and its remedy, else what is doubtful about the data; else hidden."""

from __future__ import annotations

from rich.cells import cell_len
from textual.reactive import reactive

from tui_dl.drawing.styled_text import StyledLine
from tui_dl.protocol.events import Diagnosed
from tui_dl.runs.view import RunView
from tui_dl.spec.data_spec import Finding
from tui_dl.ui.panels.rows import Rows

Shown = tuple[Diagnosed, ...] | tuple[Finding, ...]


class DiagnosisLines(Rows):
    """The newest diagnosis, its remedy below it, and how many there are; else a finding."""

    shown: reactive[Shown] = reactive((), repaint=False, toggle_class="-any")

    def show(self, view: RunView) -> None:
        """Show the diagnoses of `view`, or the findings on its data."""
        self.shown = tuple(view.diagnoses) or view.findings

    def watch_shown(self) -> None:
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        if not self.shown:
            return []
        newest, count = self.shown[-1], len(self.shown)
        if isinstance(newest, Diagnosed):
            return _rows(newest, count, width)
        first = self.shown[0]
        assert isinstance(first, Finding)
        return _finding(first, count)


def _finding(finding: Finding, count: int) -> list[StyledLine]:
    """The first finding on the data; `tui-dl show` has them all."""
    number = f" (1 of {count})" if count > 1 else ""
    return [
        [("▲ ", "warn"), ("data", "warn"), (f"{number}: {finding.says}", "plain")],
        [("  try: ", "dim"), (finding.remedy, "strong")],
    ]


def _rows(newest: Diagnosed, count: int, width: int) -> list[StyledLine]:
    name, _, says = newest.headline.partition(": ")
    number = f" ({count} of {count})" if count > 1 else ""
    first: StyledLine = [("▲ ", "warn"), (name, "warn"), (f"{number}: {says}", "plain")]
    if not newest.remedy:
        return [first]
    label, room = "  try: ", width - len("  try: ")
    remedy = newest.remedy if cell_len(newest.remedy) <= room else newest.advice
    second: StyledLine = [(label, "dim"), (remedy, "strong")]
    lesson = f"  ·  lesson {newest.lesson}" * bool(newest.lesson)
    if cell_len(remedy + lesson) <= room:
        second += [(lesson, "dim")]
    return [first, second]
