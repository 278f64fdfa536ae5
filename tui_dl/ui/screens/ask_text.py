"""A dialog that asks for one line of text; below the field stands what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from tui_dl.support.errors import UserError
from tui_dl.support.translations import said, tr
from tui_dl.ui.panels.frame import Keys
from tui_dl.ui.plain_text import plain
from tui_dl.ui.screens.window import Window


class AskText(Window[str | None]):
    """Closes with the text, or with None where nothing was typed or the question is left."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "OK", priority=True),
        ("escape", "dismiss(None)", "Cancel"),
    ]

    def __init__(
        self, question: str, now: str = "", check: Callable[[str], object] = str, hint: str = ""
    ) -> None:
        """Make the dialog.

        Args:
            question: what is asked.
            now: the text that is there at first.
            check: raises UserError where a text is wrong.
            hint: what stands below the field while nothing is wrong.
        """
        super().__init__()
        self._question, self._now, self._check, self._hint = question, now, check, hint

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = plain(self._question)
            dialog.border_subtitle = tr("enter: OK, esc: cancel")
            yield Input(self._now, select_on_focus=False)
            yield Static(plain(self._hint), id="complaint")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Input).select_all()

    @on(Input.Changed)
    def complain(self, event: Input.Changed) -> None:
        """Say what is wrong."""
        says = self._complaint(event.value) if event.value.strip() else ""
        self.query_one("#complaint", Static).update(plain(says or self._hint))

    def action_submit(self) -> None:
        """Close, unless something is wrong."""
        text = self.query_one(Input).value.strip()
        if text in ("", self._now):
            self.dismiss(None)
        elif not self._complaint(text):
            self.dismiss(text)

    def _complaint(self, text: str) -> str:
        try:
            self._check(text.strip())
        except UserError as error:
            return said(str(error))
        return ""
