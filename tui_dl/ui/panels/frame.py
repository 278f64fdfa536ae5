"""What every screen has below its heading: a footer; a notice where the terminal is too small."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Footer, Static
from textual.widgets._footer import FooterKey

from tui_dl.support.translations import tr
from tui_dl.ui.panels.panel import Panel

LEAST_WIDTH, LEAST_HEIGHT = 60, 16
TALL = 34  # from here on there is room for what is merely good to have

# The classes a screen has from a width or height on; the styles are made for them.
WIDTHS = [
    (0, "-too-narrow"),
    (LEAST_WIDTH, "-narrowest"),
    (72, "-narrow"),
    (100, "-normal"),
    (160, "-wide"),
]
HEIGHTS = [(0, "-too-low"), (LEAST_HEIGHT, "-low"), (22, "-short"), (TALL, "-tall")]

# Actions whose keys are left out where there is no room: the last ones first. `PANELS` stands for
# the keys of panels; all others are always there.
PANELS = "panels"
OPTIONAL = (
    "epochs(-1)", PANELS, "search", "try_it", "build", "variants", "propose", "maximise",
    "set_rate", "course", "predict", "save", "speed(0.5)", "milestones(1)", "next_lesson", "answer",
    "build_on", "overlay",
    "app.change_language",
    "filter", "undo", "resume", "sort", "more_epochs", "remove", "rename", "pin",  # of runs
)  # fmt: skip
PADDING = 3  # cells of a key in the footer besides its letters


class Keys(Footer):
    """The footer; where there is little room, it leaves out keys that are less useful."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)
        self._shown: list[tuple[str, Binding, bool, bool]] = []

    def bindings_changed(self, screen: Screen[Any]) -> None:
        """Make the keys anew, which takes 50 ms, only where they are others than those shown."""
        if self._active != self._shown:
            super().bindings_changed(screen)

    @property
    def _active(self) -> list[tuple[str, Binding, bool, bool]]:
        """The keys that act now: their names, whether they are enabled, and whether of a panel."""
        found = self.screen.active_bindings.values()
        return [
            (tr(it.binding.description), it.binding, it.enabled, isinstance(it.node, Panel))
            for it in found
            if it.binding.show
        ]

    def compose(self) -> ComposeResult:
        keys = [*super().compose()]
        self._shown = self._active if self._bindings_ready else []
        named = [key for key in keys if isinstance(key, FooterKey)]
        for key in named:
            key.description = tr(key.description)
        self._fit(named)
        yield from keys

    def on_resize(self) -> None:
        self._fit([*self.query(FooterKey)])

    def _fit(self, keys: list[FooterKey]) -> None:
        """Hide keys until the others fit; the blank behind the last one need not."""
        of_panels = {
            it.binding.action
            for it in self.screen.active_bindings.values()
            if isinstance(it.node, Panel)
        }

        def rank(key: FooterKey) -> int:
            """A lower one for a key that is more useful."""
            if key.action in OPTIONAL:
                return OPTIONAL.index(key.action) + 1
            return OPTIONAL.index(PANELS) + 1 if key.action in of_panels else 0

        order = sorted(keys, key=rank)
        room = self.app.size.width + 1
        for key in order:
            cells = cell_len(key.key_display) + cell_len(key.description) + PADDING
            key.display = cells <= room or not rank(key)
            room -= cells if key.display else 0


class ScreenWithKeys(Screen[None]):
    """A screen whose footer is hidden while a window is open, for that has its own keys."""

    def on_screen_suspend(self) -> None:
        self._show_keys(False)

    def on_screen_resume(self) -> None:
        self._show_keys(True)

    def _show_keys(self, shown: bool) -> None:
        """Style the footer alone; a class of the screen would style anew all that is in it."""
        for keys in self.query(Keys):
            keys.visible = shown


class TooSmall(Static):
    """Takes the screen's place while there is no room for it; the styles say when."""

    def on_mount(self) -> None:
        self.watch_size()

    def watch_size(self) -> None:
        width, height = self.app.size
        least = f"{LEAST_WIDTH}x{LEAST_HEIGHT}"
        self.update(f"tui-dl needs {least}; this terminal is {width}x{height}.")

    def on_resize(self, event: Resize) -> None:
        self.watch_size()
