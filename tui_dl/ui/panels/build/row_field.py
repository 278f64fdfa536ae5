"""The field in which a row of the builder is typed, with what may follow as a suggestion."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

Completions = Callable[[str], list[str]]


class _Following(Suggester):
    """The first of the completions that a function gives."""

    def __init__(self, completions: Completions) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._completions = completions

    async def get_suggestion(self, value: str) -> str | None:
        return next(iter(self._completions(value)), None) if value else None


class RowField(Input):
    """One line; tab takes the suggestion, escape leaves the row as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Take", tooltip="Take what is typed"),
        Binding("tab", "cursor_right", "Complete", priority=True),
        Binding("escape", "leave", "Cancel", tooltip="Leave the row as it was"),
    ]

    class Left(Message):
        """What was typed is not wanted."""

    def __init__(self) -> None:
        super().__init__(id="build-field", select_on_focus=False, compact=True)

    def begin(self, text: str, completions: Completions) -> None:
        """Edit a text."""
        self.suggester = _Following(completions)
        with self.prevent(Input.Changed):
            self.value = text
        self.cursor_position = len(text)
        self.display = True
        self.focus()

    def action_leave(self) -> None:
        """Close the field."""
        self.post_message(self.Left())
