"""The line in which one types what a list is to show."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input


class SearchField(Input):
    """Enter goes to the rows that are left, escape empties the line and shows all of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "To the list", tooltip="Go to the rows that are left"),
        Binding("escape", "screen.back", "Show all", tooltip="Show all rows again"),
    ]
