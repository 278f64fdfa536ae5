"""An application with the user's settings: theme, keys, and how the end of a run is announced."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textual import on
from textual.command import CommandPalette
from textual.dom import DOMNode
from textual.theme import ThemeProvider
from textual.widget import Widget

from tui_dl.support.errors import UserError
from tui_dl.support.settings import Read, Settings, placed, read_settings
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr
from tui_dl.ui.bounded import Bounded
from tui_dl.ui.frames import Frames
from tui_dl.ui.keymap import NONE, checked, rebind
from tui_dl.ui.messages import LongRunEnded
from tui_dl.ui.palette import Palette
from tui_dl.ui.remember import remember
from tui_dl.ui.screens.copy import Copies, CopyDialog
from tui_dl.ui.theme import THEMES, unknown_theme, variables_of

HINT_SECONDS = 12.0
MOST_SAID = 3  # complaints about the settings: more do not fit into a low terminal


class Preferences(Bounded, Frames):
    """An application that looks and acts as its user has set.

    Attributes:
        settings: of the user; the defaults where there is no file.
    """

    def __init__(self, settings_file: Path | None = None) -> None:
        super().__init__()
        self._settings_file = settings_file
        read = read_settings(settings_file) if settings_file else Read(Settings())
        self.settings, self._complaints = read.settings, list(read.complaints)
        self._keys = self._usable_keys(read) if read.settings.keys else NONE
        self._theme_before: str | None = None  # while another one is chosen
        self._hinted: set[str] = set()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self._usable_theme(read)
        rebind(self, self._keys)

    def _usable_keys(self, read: Read) -> Mapping[str, str]:
        """The user's keys, but for those that cannot be used."""
        keys, complaints = checked(read.settings.keys, type(self))
        for name, says in complaints:
            self._complain(name, says, read)
        return keys

    def _usable_theme(self, read: Read) -> str:
        """The user's theme; the default where there is none of this name."""
        name = read.settings.theme
        if not (says := unknown_theme(name)):
            return name
        self._complain("theme", says, read)
        return Settings().theme

    def _complain(self, key: str, says: str, read: Read) -> None:
        """Note what is wrong with a setting, and in which line."""
        self._complaints.append(placed(self._settings_file, key, says, read.text))

    def say_complaints(self) -> None:
        """Say once what of the settings cannot be used, in one notice: more hide each other."""
        says, more = self._complaints[:MOST_SAID], self._complaints[MOST_SAID:]
        if more:
            says.append(tr("and {count} more: see tui-dl doctor", count=str(len(more))))
        if says:
            self.notify("\n".join(says), title=tr("Settings"), severity="warning")
        self._complaints.clear()

    def remember(self, key: str, value: str | bool) -> None:
        """Keep a choice for the next time; say where that is not possible."""
        if self._settings_file is None:
            return
        try:
            remember(self._settings_file, key, value)
        except UserError as error:
            self.notify(str(error), title="Settings", severity="warning")

    def get_css_variables(self) -> dict[str, str]:
        """The theme's colours, made legible, and those of our styles."""
        self.theme_variables = variables_of(self.current_theme, super().get_css_variables())
        return self.theme_variables

    def search_themes(self) -> None:
        """Let the user choose a theme, which is shown while it is highlighted."""
        self._theme_before = self.theme
        self.push_screen(Palette([ThemeProvider], placeholder=tr("Search for themes…")))

    @on(CommandPalette.OptionHighlighted)
    def preview_theme(self, message: CommandPalette.OptionHighlighted) -> None:
        """Show the theme that is highlighted."""
        hit = getattr(message.highlighted_event.option, "hit", None)
        name = str(hit.text) if hit is not None else ""
        if self._theme_before is not None and name in self.available_themes:
            self.theme = name

    @on(CommandPalette.Closed)
    def end_preview(self, message: CommandPalette.Closed) -> None:
        """Keep the theme that was chosen, or take the one before again."""
        before, self._theme_before = self._theme_before, None
        if before is None:
            return
        if message.option_selected:
            self.call_later(lambda: self.remember("theme", self.theme))
        else:
            self.theme = before

    def _register(self, parent: DOMNode, *widgets: Widget, **how: Any) -> list[Widget]:
        """Take widgets in, under the user's keys."""
        if self._keys:
            for widget in widgets:
                rebind(widget, self._keys)
        return super()._register(parent, *widgets, **how)

    def hint(self, about: str, says: str, is_last: bool) -> None:
        """Say once which keys to begin with; after the last hint none comes at the next start."""
        if self._settings_file is None or not self.settings.hints or about in self._hinted:
            return
        self._hinted.add(about)
        self.notify(says, title=tr("Hint"), timeout=HINT_SECONDS)
        if is_last:
            self.remember("hints", False)

    async def action_copy(self) -> None:
        """Ask what of the screen is to be copied, and put it into the clipboard (OSC 52)."""
        texts = self.screen.copies() if isinstance(self.screen, Copies) else {}
        if not texts:
            self.notify(tr("There is nothing to copy here."))
            return

        def copy(what: str | None) -> None:
            if what is not None:
                self.copy_to_clipboard(texts[what])
                self.notify(tr("Copied: {what}", what=what))

        self.push_screen(CopyDialog(texts), copy)

    @on(LongRunEnded)
    def announce_end(self, message: LongRunEnded) -> None:
        """Announce the end of a run."""
        self.announce(tr("{run} has ended.", run=message.run.name))

    def announce(self, says: str) -> None:
        """Say that a long run has ended, by the terminal's bell or its own message (OSC 9)."""
        if self.settings.bell == "bell":
            self.bell()
        elif self.settings.bell == "message" and self._driver is not None:
            self._driver.write(f"\x1b]9;{printable(says)}\x07")
