"""The line in which one types what a list is to show."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui_dl.support.translations import tr


class SearchField(Input):
    """Enter goes to the rows that are left, escape empties the line and shows all of them.

    Args:
        hint: what stands in the empty line, in the language in use.
        id: of the widget.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "To the list", tooltip="Go to the rows that are left"),
        Binding("escape", "screen.back", "Show all", tooltip="Show all rows again"),
    ]

    def __init__(self, hint: str, id: str) -> None:
        super().__init__(id=id, compact=True)
        self._hint = hint

    def on_mount(self) -> None:
        self.watch(self.app, "language", self._say_hint)

    def _say_hint(self) -> None:
        self.placeholder = tr(self._hint)
