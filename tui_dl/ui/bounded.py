"""An application that is never larger than any terminal, whatever size that one says it has."""

from __future__ import annotations

from textual.app import App
from textual.events import Event, Resize
from textual.geometry import Size

from tui_dl.runs.folder import Run

MOST_COLUMNS, MOST_ROWS = 1000, 400  # a redraw of so many takes 2 s; of 10,000 x 10,000 all memory


class Bounded(App[Run | None]):
    """Draws at most `MOST_COLUMNS` x `MOST_ROWS` cells."""

    @property
    def size(self) -> Size:
        """The size of the terminal, or the largest that is drawn."""
        return _bounded(super().size)

    async def on_event(self, event: Event) -> None:
        """Take a new size of the terminal within bounds."""
        if isinstance(event, Resize):
            event = Resize(_bounded(event.size), _bounded(event.virtual_size))
        await super().on_event(event)


def _bounded(size: Size) -> Size:
    return Size(min(size.width, MOST_COLUMNS), min(size.height, MOST_ROWS))
