"""An application that sends one frame at a time, and of each only the cells that differ."""

from __future__ import annotations

from typing import ClassVar, cast

from rich.console import RenderableType
from textual import on
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen

from tui_dl.runs.folder import Run
from tui_dl.ui.cell_updates import Cells
from tui_dl.ui.terminal_driver import TerminalDriver

LOOK_EVERY = 2.0  # seconds
TOLD_AT_START = 2  # times that Textual tells the size: by itself, and by its driver


class Frames(App[Run | None]):
    """Draws nothing while the terminal has not taken the last frame; then it draws the newest.

    Textual itself would queue frames, which a slow link shows one after the other, long after
    their time.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "redraw", show=False, system=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._shown = Cells()
        self._behind = False  # whether a frame was left out
        self._told: Size | None = None  # the terminal's size
        self._times_told = 0

    def on_mount(self) -> None:
        self.set_interval(LOOK_EVERY, self.terminal_is_ready)  # an answer may be lost

    @on(Resize)
    def take_size(self, event: Resize) -> None:
        """Draw all anew, unless it is the size that was told already when Textual starts.

        A terminal may tell the same size twice later on: it was another one in between.
        """
        before, self._told = self._told, event.size
        self._times_told += 1
        if self._told != before or self._times_told > TOLD_AT_START:
            self.action_redraw()

    def action_redraw(self) -> None:
        """Send all cells: another program has written into the terminal, or it has moved them."""
        self._shown.forget()
        self.refresh()

    def get_driver_class(self) -> type[Driver]:
        """What reads and writes the terminal."""
        return TerminalDriver

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Send what differs from what the terminal shows, where that is ready for it."""
        if isinstance(renderable, CompositorUpdate):
            if not self._is_ready:
                self._behind = True
                return
            renderable = self._newest() if self._behind else self._shown.sends(renderable)
        self._draw(screen, renderable)

    def terminal_is_ready(self) -> None:
        """Draw the newest frame, where one was left out."""
        if self._behind and self._is_ready and self.screen_stack:
            self._draw(self.screen, self._newest())

    def _draw(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        super()._display(screen, renderable)
        if renderable is not None and isinstance(self._driver, TerminalDriver):
            self._driver.end_frame()

    @property
    def _is_ready(self) -> bool:
        """Whether the terminal has taken the last frame, and a screen is not half made."""
        driver = self._driver
        return not self._batch_count and (not isinstance(driver, TerminalDriver) or driver.is_ready)

    def _newest(self) -> RenderableType:
        """What the terminal does not show yet of the screen as it is now."""
        self._behind = False
        update = self.screen._compositor.render_update(
            full=True, screen_stack=self._background_screens
        )
        assert isinstance(update, CompositorUpdate)
        return cast(RenderableType, self._shown.sends(update))

    def _end_batch(self) -> None:
        """Let the screen lay out what had to wait; Textual itself would leave that undone.

        The footer is made anew in a batch, and a screen that is idle meanwhile is not asked again.
        """
        super()._end_batch()
        if not self._batch_count and self.screen_stack:
            self.screen.check_idle()
            self.terminal_is_ready()
