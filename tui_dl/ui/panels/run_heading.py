"""The run screen's heading: the run's title, another run that is live, and the tabs."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive

from tui_dl.runs.folder import Run
from tui_dl.ui.panels.heading import Heading, Label, labelled
from tui_dl.ui.panels.tabs import NAMES, TABS
from tui_dl.ui.plain_text import plain

LEAST_SHARE = 3  # of the row, a third, is left to the title by the names of tabs


class RunHeading(Heading):
    """The title on the left; the tabs on the right, with names while there is room beside it."""

    tab: reactive[str] = reactive(NAMES[0])
    silent: reactive[frozenset[str]] = reactive(frozenset())  # tabs that have nothing to say

    def __init__(self, title: str, run: Run) -> None:
        super().__init__([run], id="heading")
        self._title = title

    def watch_tab(self) -> None:
        self.size_changed()

    def watch_silent(self) -> None:
        self.size_changed()

    def parts(self, width: int) -> tuple[Content, Content]:
        title = plain(f" {self._title} ")
        least = min(title.cell_length, width // LEAST_SHARE)
        tabs = self._tabs(width - least - 1 - self.least_live)
        title = title.truncate(max(width - tabs.cell_length - 1, 0), ellipsis=True)
        live = self.live_text(width - tabs.cell_length - title.cell_length - 1)
        return title.stylize("bold $background on $primary"), Content.assemble(live, tabs)

    def _tabs(self, room: int) -> Content:
        labels = [
            Label(
                key,
                tab.title,
                tab.short,
                f"screen.open_tab('{tab.name}')",
                "$foreground 40%" if tab.name in self.silent else "$foreground-muted",
            )
            for key, tab in enumerate(TABS, 1)
        ]
        return labelled(labels, NAMES.index(self.tab), room)
