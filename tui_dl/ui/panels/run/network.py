"""The network: a row for each layer, with its share of a step's time once that was measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import reactive

from tui_dl.drawing.network_table import network_table
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.time_by_layer import time_by_layer
from tui_dl.runs.view import RunView
from tui_dl.support.translations import tr
from tui_dl.ui.panels.artifact_panel import ArtifactPanel

FIXED = 2  # rows that do not scroll: heading and total


class NetworkPanel(ArtifactPanel):
    """Kind, fields, output shape, parameters and time of every layer; scrolls."""

    TAB = "network"
    ORDER = 10
    LEAST_SIZE = Size(40, 5)
    WEIGHT = 1
    MOST_WIDTH = 110
    FILLS: ClassVar[Mapping[str, int]] = {"curves": 1}
    KINDS = ("step_time",)
    BORDER_TITLE = "Network"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "up,k", "scroll_layers(-1)", "Scroll", key_display="↑ ↓", tooltip="A layer up, down"
        ),
        Binding("down,j", "scroll_layers(1)", "Later layers", show=False, tooltip="Later layers"),
        Binding("pageup", "page(-1)", "Page up", show=False, tooltip="A page of layers back"),
        Binding("pagedown", "page(1)", "Page down", show=False, tooltip="A page of layers on"),
    ]

    first = reactive(0, repaint=False)  # layer that is shown

    @classmethod
    def wants(cls, view: RunView) -> bool:
        """A network is there from the beginning."""
        return True

    def rows_wanted(self, width: int) -> int:
        return len(self.experiment.nodes) + FIXED

    def watch_first(self) -> None:
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        nodes = self.experiment.nodes
        artifact = next((it.artifact for it in self.seen or () if it.artifact), None)
        times = time_by_layer(artifact) if artifact else {}
        table = network_table(nodes, times, width)
        room = max(height - FIXED, 1)
        last = max(len(nodes) - room, 0)
        first = min(self.first, last)
        place = f"{first + 1}–{min(first + room, len(nodes))}"
        more = tr("{place} of {count} layers", place=place, count=len(nodes))
        self.set_titles(tr(self.BORDER_TITLE), more if last else "")
        return [table.heading, *table.layers[first : first + room], table.total]

    def _scroll(self, rows: int) -> None:
        """Move the layers that are shown by so many rows."""
        room = max(self.content_size.height - FIXED, 1)
        last = max(len(self.experiment.nodes) - room, 0)
        self.first = min(max(self.first + rows, 0), last)

    def action_scroll_layers(self, rows: int) -> None:
        """Show earlier or later layers."""
        self._scroll(rows)

    def action_page(self, pages: int) -> None:
        """Show the layers a page before or after."""
        self._scroll(pages * max(self.content_size.height - FIXED, 1))
