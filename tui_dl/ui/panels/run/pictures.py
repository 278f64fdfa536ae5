"""The pictures of a run: a grid of all that it has at a moment, or one of them as large as it gets.

Arrow keys choose a picture, Enter enlarges it. In one that is made of cells, such as a confusion
matrix, arrow keys then choose a cell, and Enter shows what is known of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar, Literal

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import reactive

from tui_dl.drawing.picture import Cell
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.runs.view import READING
from tui_dl.support.translations import tr
from tui_dl.ui.panels.artifact_panel import ArtifactPanel
from tui_dl.ui.panels.picture_drawer import PictureDrawer

Level = Literal["grid", "picture", "cell"]
DEEPER: dict[Level, Level] = {"grid": "picture", "picture": "cell", "cell": "cell"}
HIGHER: dict[Level, Level] = {"grid": "grid", "picture": "grid", "cell": "picture"}
CORNERS = 2  # cells that a title in the border has less than the panel
NONE = "no pictures: none was recorded, or they were deleted"


class PicturesPanel(ArtifactPanel):
    """Shows pictures; they are drawn anew only where another one is nearest to the moment."""

    TAB = "pictures"
    ORDER = 10
    LEAST_SIZE = Size(40, 10)
    WEIGHT = 1
    BESIDE: ClassVar[Mapping[str, int]] = {"curves": 2, "network": 2, "lesson": 2}
    FILLS: ClassVar[Mapping[str, int]] = {"events": 2}
    BORDER_TITLE = "Pictures"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "deeper", "Enlarge", key_display="⏎", tooltip="This picture, or cell"),
        Binding("left", "move(-1, 0)", "Choose", key_display="←↑↓→", tooltip="Another picture"),
        Binding("right", "move(1, 0)", "Right", show=False, tooltip="The picture at the right"),
        Binding("up", "move(0, -1)", "Up", show=False, tooltip="The picture above, below"),
        Binding("down", "move(0, 1)", "Down", show=False, tooltip="The picture below"),
        Binding("escape", "higher", "Smaller", key_display="esc", tooltip="Back to all pictures"),
    ]

    chosen = reactive("", repaint=False)  # kind; the first one where there is none of this name
    level: reactive[Level] = reactive("grid", repaint=False, bindings=True)
    cell: reactive[Cell | None] = reactive(None, repaint=False)  # of the enlarged picture

    def on_mount(self) -> None:
        super().on_mount()
        self._drawer = PictureDrawer(self.app)
        self._early: list[Callable[[], None]] = []  # what keys do that came before the pictures

    def watch_view(self) -> None:
        super().watch_view()
        if self.view and self.seen and self._drawer.is_of_other_moment(self.view):
            self.redraw()

    def watch_seen(self) -> None:
        super().watch_seen()
        if self.seen is not None:
            early, self._early = self._early, []
            for action in early:
                action()

    def watch_chosen(self) -> None:
        self.redraw()

    def watch_level(self) -> None:
        self.redraw()

    def watch_cell(self) -> None:
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        if self.view is None or self.seen is None:
            return [[(tr(READING), "dim")]]
        if not self.seen:
            self.set_titles(tr(self.BORDER_TITLE), "")
            return [[(tr(NONE), "dim")]]
        drawer, size = self._drawer, Size(width, height)
        drawer.take(self.seen, self.view)
        kind = drawer.nearest(self.chosen)
        if self.level == "grid":
            title = tr(self.BORDER_TITLE)
            when, page, rows = drawer.grid(kind, size, width - CORNERS - cell_len(title))
            self.set_titles(title + when, page)
            return rows
        self.set_titles(tr(self.BORDER_TITLE), drawer.place(kind))
        cell = drawer.inside(kind, self.cell)
        if self.level == "cell" and cell is not None:
            return drawer.details(kind, cell, size)
        return drawer.enlarged(kind, cell, size)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape leaves the screen where nothing is enlarged; not every picture has cells."""
        if action == "deeper":
            return self.level == "grid" or (self.level == "picture" and self._has_cells())
        return self.level != "grid" or bool(self._early) if action == "higher" else True

    def _is_early(self, action: Callable[[], None]) -> bool:
        """Whether the pictures are still read; then `action` follows, in its turn."""
        is_early = self.seen is None
        if is_early:
            self._early.append(action)
        return is_early

    def _has_cells(self) -> bool:
        """Whether the chosen picture is made of cells."""
        return bool(self.seen) and self._drawer.has_cells(self._drawer.nearest(self.chosen))

    def action_deeper(self) -> None:
        """Enlarge the chosen picture, or show what is known of its chosen cell."""
        if self._is_early(self.action_deeper) or not self.seen:
            return
        self.focus()  # escape is the screen's key, too, and the panel with the focus comes first
        if self.level == "grid" or self._has_cells():
            self.level = DEEPER[self.level]

    def action_higher(self) -> None:
        """Show the whole picture again, or all pictures."""
        if not self._is_early(self.action_higher):
            self.level = HIGHER[self.level]

    def action_move(self, right: int, down: int) -> None:
        """Choose another picture, or another cell of the enlarged one."""
        if self._is_early(partial(self.action_move, right, down)) or not self.seen:
            return
        drawer = self._drawer
        kind = drawer.nearest(self.chosen)
        cell = drawer.inside(kind, self.cell)
        if self.level != "grid" and cell is not None:
            self.cell = drawer.inside(kind, (cell[0] + down, cell[1] + right)) or cell
            return
        columns = drawer.columns(self.content_size) if self.level == "grid" else 1
        self.chosen = drawer.moved(kind, right + down * columns)
