"""The list of presets, by chapter, a line each, with what the newest run gave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui_dl.spec.toml.heading import Heading
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

LEAST = 8  # cells of a title


@dataclass(frozen=True)
class Entry:
    """A line of the list.

    Attributes:
        heading: the preset's title and chapter.
        sign: one character before the title, and its style.
        note: what stands behind it, and its style.
    """

    heading: Heading
    sign: tuple[str, str] = (" ", "")
    note: tuple[str, str] = ("", "")

    def matches(self, name: str, words: list[str]) -> bool:
        """Whether all `words` are in the title, the chapter or the preset's name."""
        text = f"{self.heading.title} {self.heading.chapter} {name}".casefold()
        return all(word in text for word in words)


class PresetList(OptionList):
    """Presets in the order of the course; chapter headings cannot be chosen."""

    BORDER_TITLE = "Course"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("enter", "select", "Train", tooltip="Train the preset as it is"),
        Binding(
            "right", "screen.page(True)", "Page", key_display="→", tooltip="Show the preset's page"
        ),
    ]

    highlighted: reactive[int | None] = reactive(None, repaint=False)  # two rows change, not all

    def __init__(self, headings: Mapping[str, Heading], chosen: str | None = None) -> None:
        self._entries = {name: Entry(heading) for name, heading in headings.items()}
        self._first_chosen = chosen
        self._words: list[str] = []
        self._drawn_width = 0
        self._lit: int | None = None  # the row that is painted as the highlighted one
        self._clicked: int | None = None  # what the last click has highlighted
        super().__init__(id="presets", markup=False)

    def on_mount(self) -> None:
        self.border_title = tr(self.BORDER_TITLE)
        self._fill(self._first_chosen)

    @property
    def chosen(self) -> str | None:
        """The name of the highlighted preset."""
        return self.highlighted_option.id if self.highlighted_option else None

    def update_entry(
        self,
        name: str,
        title: str,
        sign: tuple[str, str] = (" ", ""),
        note: tuple[str, str] = ("", ""),
    ) -> None:
        """Change what is said of a preset."""
        old = self._entries[name]
        new = Entry(old.heading._replace(title=title), sign, note)
        if new != old:
            self._entries[name] = new
            if name in self._shown():
                self.replace_option_prompt(name, self._line(new))

    def search(self, text: str) -> None:
        """List only presets that match all words of `text`."""
        words = text.casefold().split()
        if words != self._words:
            self._words = words
            self._fill(self.chosen)

    def choose(self, name: str) -> None:
        """Highlight a preset, and list all of them."""
        self._words = []
        self._fill(name)

    def rename_chapters(self, chapters: Mapping[str, str]) -> None:
        """Write the presets' chapters in another language."""
        for name, chapter in chapters.items():
            old = self._entries[name]
            self._entries[name] = replace(old, heading=old.heading._replace(chapter=chapter))
        self.border_title = tr(self.BORDER_TITLE)
        self._fill(self.chosen)

    def _shown(self) -> list[str]:
        """The names of the presets that match what is searched."""
        return [name for name, it in self._entries.items() if it.matches(name, self._words)]

    def _fill(self, chosen: str | None) -> None:
        """Make the list anew, and highlight `chosen`, or else the first preset."""
        options: list[Option] = []
        chapter = None
        shown = self._shown()
        for name in shown:
            entry = self._entries[name]
            if entry.heading.chapter != chapter:
                chapter = entry.heading.chapter
                options.append(Option(_chapter(chapter), disabled=True))
            options.append(Option(self._line(entry), id=name))
        self.clear_options()
        self.add_options(options)
        if shown:
            self.highlighted = self.get_option_index(chosen if chosen in shown else shown[0])
        found = tr("{place} of {count}", place=len(shown), count=len(self._entries))
        self.border_subtitle = found if self._words else ""

    def on_resize(self) -> None:
        if (width := self.scrollable_content_region.width) != self._drawn_width:
            self._drawn_width = width
            for name in self._shown():
                self.replace_option_prompt(name, self._line(self._entries[name]))

    def _line(self, entry: Entry) -> Content:
        """An entry, as wide as the list is now."""
        room = max(self._drawn_width - 2, 0)  # the styles keep a cell free on both sides
        note, style = entry.note
        note = printable(note)
        if room - cell_len(note) - 4 < LEAST:
            note = ""
        left = room - 2 - (cell_len(note) + 2 if note else 0)
        title = Content(_short(printable(entry.heading.title), left)).truncate(
            max(left, 0), ellipsis=True, pad=True
        )
        sign = (f"{entry.sign[0]} ", entry.sign[1])
        return Content.assemble(sign, title, "  " * bool(note), (note, style))

    async def _on_click(self, event: Click) -> None:
        """A click highlights a preset, and the next one on the same preset chooses it."""
        event.prevent_default()  # Textual's own would choose it at once
        clicked: int | None = event.style.meta.get("option")
        if clicked is None or self.get_option_at_index(clicked).disabled:
            return
        again, self._clicked = clicked == self._clicked, clicked
        self.highlighted = clicked
        if again:
            self._clicked = None
            self.action_select()

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Forget the click where a key has moved on; keep a chapter's heading in sight."""
        for row in (self._lit, highlighted):
            if row is not None:
                self.refresh_line(row)  # each option is one
        self._lit = highlighted
        super().watch_highlighted(highlighted)
        if highlighted != self._clicked:
            self._clicked = None
        if highlighted and self.get_option_at_index(highlighted - 1).disabled:
            self.call_after_refresh(self._show_row, highlighted - 1)

    def _show_row(self, row: int) -> None:
        """Scroll up to a row, each option being one."""
        if row < self.scroll_offset.y:
            self.scroll_to(y=row, animate=False, immediate=True)

    def on_show(self) -> None:
        self.focus()  # lost where the terminal was too small for a while


def _chapter(title: str) -> Content:
    return Content.styled(printable(title) or tr("Presets"), "bold $primary")


def _short(title: str, cells: int) -> str:
    """A title, or where it does not fit what stands before its colon."""
    head, colon, _ = title.partition(":")
    return head if colon and cell_len(title) > cells else title
