"""What every screen has: a heading, and a word where the terminal is too small."""

from __future__ import annotations

from textual.content import Content
from textual.events import Resize
from textual.reactive import reactive
from textual.widgets import Static

LEAST_WIDTH, LEAST_HEIGHT = 60, 16
TALL = 34  # from here on there is room for what is merely good to have


class Heading(Static):
    """The product's name, then what this screen is about."""

    note = reactive("")

    def __init__(self, title: str, note: str = "") -> None:
        super().__init__()
        self._title = title
        self.set_reactive(Heading.note, note)

    def watch_note(self) -> None:
        self.on_resize()

    def on_resize(self) -> None:
        name = Content.styled(" tui-dl ", "bold $background on $primary")
        room = self.size.width - name.cell_length - len(self.note) - 5
        title = Content(self._title).truncate(room, ellipsis=True)
        gap = " " * (room - title.cell_length + 2)
        self.update(Content.assemble(name, "  ", title, gap, (self.note, "$foreground-muted")))


class TooSmall(Static):
    """Takes the screen's place while there is no room for it; the styles say when."""

    def on_mount(self) -> None:
        self.watch_size()

    def watch_size(self) -> None:
        width, height = self.app.size
        self.update(f"terminal too small: {width}x{height}\nneeds {LEAST_WIDTH}x{LEAST_HEIGHT}")

    def on_resize(self, event: Resize) -> None:
        self.watch_size()
