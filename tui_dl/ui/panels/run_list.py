"""The list of runs: one is highlighted, some are marked; only the rows in sight are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from time import time
from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.message import Message
from textual.strip import Strip

from tui_dl.drawing.run_list import head, rows_of
from tui_dl.drawing.scroll_bar import with_bar
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.wrapped import wrapped
from tui_dl.runs.entries import Entry
from tui_dl.runs.folder import Run
from tui_dl.support.translations import tr
from tui_dl.ui.panels.rows import Rows
from tui_dl.ui.terminal_look import look_of

HEAD = 1  # rows above the first run
BAR = 1  # cells behind a row, where a bar stands if not all runs are in sight
MOVES = "A row down, up; the first, the last"
WHEEL = 3  # runs of a turn of the mouse wheel


class RunChosen(Message):
    """The highlighted run is to be opened."""


class RunHighlighted(Message):
    """Another run is highlighted."""


class RunList(Rows, can_focus=True):
    """Runs in the order in which they were given.

    Attributes:
        entries: the runs that are listed.
        marked: those that are marked, in the order of marking.
        baseline: the one that others are compared with, if one is pinned.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"run-list--highlighted"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", tooltip="Show the run; escape comes back"),
        Binding("down,j", "move(1)", "Down", show=False, tooltip=MOVES),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False, tooltip="A page down, up"),
        Binding("pageup", "page(-1)", "Page up", show=False, tooltip="A page up, down"),
        Binding("home", "move(-1000000)", "First", show=False),
        Binding("end", "move(1000000)", "Last", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(id="runs")
        self.entries: list[Entry] = []
        self.marked: dict[Run, None] = {}
        self.baseline: Run | None = None
        self._place, self._top, self._room = 0, 0, 1
        self._order, self._turned, self._empty = "", False, tr("Reading runs...")

    @property
    def chosen(self) -> Entry | None:
        """The run that is highlighted."""
        return self.entries[self._place] if self._place < len(self.entries) else None

    @property
    def row_width(self) -> int:
        """Cells of a row."""
        return max(self.content_size.width - BAR, 1)

    @property
    def why_empty(self) -> list[StyledLine]:
        """What is shown where no run is listed."""
        return [[], *([(row, "dim")] for row in wrapped(self._empty, self.row_width))]

    def show(self, entries: Sequence[Entry], order: str, turned: bool, empty: str) -> None:
        """List `entries`, which are in this order, or say why there are none.

        The same run stays highlighted.
        """
        chosen = self.chosen
        self._empty = empty
        self.entries, self._order, self._turned = list(entries), order, turned
        runs = [it.run for it in entries]
        if chosen and chosen.run in runs:
            self._place = runs.index(chosen.run)
        self.action_move(0)

    def highlight(self, run: Run) -> None:
        """Move to a run, if it is listed."""
        runs = [it.run for it in self.entries]
        self.action_move(runs.index(run) - self._place if run in runs else 0)

    def replace(self, run: Run, new: Run) -> None:
        """Keep the mark of `run`, in its place, and the pin, for it is called `new` now."""
        self.marked = dict.fromkeys(new if it == run else it for it in self.marked)
        if self.baseline == run:
            self.baseline = new

    def toggle(self) -> None:
        """Mark the highlighted run, or take its mark away."""
        if (entry := self.chosen) is not None:
            if entry.run in self.marked:
                del self.marked[entry.run]
            else:
                self.marked[entry.run] = None
            self.redraw()

    def action_move(self, by: int) -> None:
        """Highlight another run."""
        before = self._place
        self._place = min(max(self._place + by, 0), max(len(self.entries) - 1, 0))
        if self._place != before:
            self.post_message(RunHighlighted())
        rows = self._rows_shown
        self._top = min(max(self._top, self._place - rows + 1), self._place)
        self._top = max(min(self._top, len(self.entries) - rows), 0)
        self.redraw()
        self.refresh()  # the highlighted row has the same text in another style

    @property
    def _rows_shown(self) -> int:
        """How many runs there is room for."""
        return max(self.content_size.height - HEAD, 1)

    def action_page(self, pages: int) -> None:
        """Move by what is shown at once."""
        self.action_move(pages * max(self.content_size.height - HEAD - 1, 1))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without runs there is nothing to move to."""
        return bool(self.entries) or action not in ("open", "move", "page")

    def action_open(self) -> None:
        """Open the highlighted run."""
        if self.chosen is not None:
            self.post_message(RunChosen())

    def size_changed(self) -> None:
        """Show what the room is for; where there is more of it, first what stands above."""
        more, self._room = self._rows_shown - self._room, self._rows_shown
        self._top = max(self._top - max(more, 0), 0)
        self.action_move(0)

    def draw(self, width: int, height: int) -> list[StyledLine]:
        if not self.entries:
            return self.why_empty[:height]
        now = time()
        shown = range(len(self.entries))[self._top : self._top + height - HEAD]
        entries = self.entries[shown.start : shown.stop]
        rows = rows_of(entries, self.row_width, now, self.marked, self.baseline)
        barred = with_bar(rows, shown, len(self.entries), width, look_of(self.app))
        return [head(self.row_width, self._order, self._turned), *barred]

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        if y - HEAD == self._place - self._top and self.entries:
            style = self.get_component_rich_style("run-list--highlighted")
            return Strip(Segment.apply_style(strip, post_style=style), strip.cell_length)
        return strip

    def on_click(self, event: Click) -> None:
        """A click highlights a run; a second one opens it."""
        place = self._top + event.y - HEAD
        if event.y >= HEAD and place < len(self.entries):
            if place == self._place:
                self.action_open()
            else:
                self.action_move(place - self._place)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Move down."""
        self.action_move(WHEEL)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Move up."""
        self.action_move(-WHEEL)
