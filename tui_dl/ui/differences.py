"""An application that sends to the terminal only the cells that differ from what it shows."""

from __future__ import annotations

from typing import ClassVar

from rich.console import RenderableType
from textual import on
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.screen import Screen

from tui_dl.runs.folder import Run
from tui_dl.ui.cell_updates import Cells


class Differences(App[Run | None]):
    """Knows what the terminal shows, and sends what differs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "redraw", show=False, system=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._shown = Cells()

    @on(Resize)
    def action_redraw(self) -> None:
        """Send all cells: another program has written into the terminal, or it has moved them."""
        self._shown.forget()
        self.refresh()

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Send what differs from what the terminal shows."""
        if isinstance(renderable, CompositorUpdate):
            renderable = self._shown.sends(renderable)
        super()._display(screen, renderable)
