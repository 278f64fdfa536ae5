"""The newest diagnosis and its remedy; hidden until there is one."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.reactive import reactive

from tui_dl.drawing.styled_text import StyledLine
from tui_dl.protocol.events import Diagnosed
from tui_dl.runs.view import RunView
from tui_dl.ui.panels.rows import Rows


class DiagnosisLines(Rows):
    """The newest diagnosis, its remedy below it, and how many there are."""

    diagnoses: reactive[tuple[Diagnosed, ...]] = reactive((), repaint=False, toggle_class="-any")

    def show(self, view: RunView) -> None:
        """Show the diagnoses of `view`."""
        self.diagnoses = tuple(view.diagnoses)

    def watch_diagnoses(self) -> None:
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        return _rows(self.diagnoses, width) if self.diagnoses else []


def _rows(diagnoses: tuple[Diagnosed, ...], width: int) -> list[StyledLine]:
    newest, count = diagnoses[-1], len(diagnoses)
    name, _, says = newest.headline.partition(": ")
    number = f" ({count} of {count})" if count > 1 else ""
    says = _cut(f"{number}: {says}", width - cell_len(f"▲ {name}"))
    first: StyledLine = [("▲ ", "warn"), (name, "warn"), (says, "plain")]
    if not newest.remedy:
        return [first]
    label, room = "  try: ", width - len("  try: ")
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
