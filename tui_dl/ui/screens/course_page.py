"""The course's own page: what it is about, and what stands in each chapter."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from tui_dl import presets
from tui_dl.course.language import TITLES
from tui_dl.spec.course.lesson import Language
from tui_dl.support.translations import tr
from tui_dl.ui.panels.prose import Prose
from tui_dl.ui.screens.window import Window


class CoursePage(Window[None]):
    """The introductions of the course and of its chapters, one after the other."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,q,c,enter", "dismiss", "Close")]

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog page") as dialog:
            dialog.border_title = TITLES[self._language]
            dialog.border_subtitle = tr("↑ ↓ for more, ") + tr("esc closes")
            yield Prose(page(self._language), open_links=False)


def page(language: Language) -> str:
    """The whole page in Markdown."""
    parts = [presets.introduction(language).read_text(encoding="utf-8")]
    for number, chapter in enumerate(presets.CHAPTERS, 1):
        title = chapter.ko if language == "ko" else chapter.title
        text = presets.introduction(language, chapter.folder).read_text(encoding="utf-8")
        parts.append(f"#### {number}. {title}\n\n{text}")
    return "\n".join(parts)
