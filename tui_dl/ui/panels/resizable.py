"""A widget that is drawn for its size: base of the panels."""

from __future__ import annotations

from textual.geometry import Size
from textual.widget import Widget


class Resizable(Widget):
    """Calls `size_changed` whenever the size of the widget's content is another one.

    Textual sends no Resize event where a size changes because a widget is shown or hidden beside
    others that are drawn in the same moment. Therefore the size is compared after every layout.
    """

    _known_size = Size(0, 0)

    def size_changed(self) -> None:
        """Draw for the present size, `content_size`."""
        raise NotImplementedError

    def on_mount(self) -> None:
        refreshed = self.screen.screen_layout_refresh_signal
        refreshed.subscribe(self, self._compare_size, immediate=True)

    def on_resize(self) -> None:
        self._compare_size()

    def _compare_size(self, _: object = None) -> None:
        size = self.content_size
        if size != self._known_size:  # a hidden widget has no size
            self._known_size = size
            self.size_changed()
            self.refresh()
