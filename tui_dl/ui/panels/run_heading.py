"""The run screen's heading: the run's title, and the tabs."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from tui_dl.ui.panels.resizable import Resizable
from tui_dl.ui.panels.tabs import NAMES, TABS
from tui_dl.ui.plain_text import plain

LEAST_TITLE = 20  # cells; where tabs would leave less, only the open one has its name


class RunHeading(Resizable, Static):
    """The title on the left, the tabs on the right; a click opens a tab."""

    tab: reactive[str] = reactive(NAMES[0])
    silent: reactive[frozenset[str]] = reactive(frozenset())  # tabs that have nothing to say

    def __init__(self, title: str) -> None:
        super().__init__(id="heading")
        self._title = title

    def watch_tab(self) -> None:
        self.size_changed()

    def watch_silent(self) -> None:
        self.size_changed()

    def size_changed(self) -> None:
        width, title = self.size.width, plain(f" {self._title} ")
        tabs = self._tabs(named=True)
        if width - tabs.cell_length < min(title.cell_length, LEAST_TITLE) + 1:
            tabs = self._tabs(named=False)
        title = title.truncate(max(width - tabs.cell_length - 1, 0), ellipsis=True)
        gap = " " * (width - title.cell_length - tabs.cell_length)
        self.update(Content.assemble(title.stylize("bold $background on $primary"), gap, tabs))

    def _tabs(self, named: bool) -> Content:
        """All tabs with their keys; the names of those that are not open only where `named`."""
        parts = []
        for key, tab in enumerate(TABS, 1):
            is_open = tab.name == self.tab
            text = f" {key} {tab.title} " if named or is_open else f" {key} "
            style = "$foreground-muted"
            if is_open:
                style = "bold $primary reverse"
            elif tab.name in self.silent:
                style = "$foreground 40%"
            click = f"[@click=screen.open_tab('{tab.name}')]{text}[/]"
            parts.append(Content.from_markup(click).stylize(style))
        return Content("").join(parts)
