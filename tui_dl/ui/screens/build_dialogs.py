"""The builder's dialogs: which layer to add, and the name of a file."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui_dl.spec.layers import KINDS
from tui_dl.spec.row_text import sentence
from tui_dl.ui.panels.frame import Keys
from tui_dl.ui.plain_text import plain

NAME = 16  # cells of a kind's name


class AddLayer(ModalScreen[str | None]):
    """All kinds of layers with a sentence each; typing leaves those that have the letters."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Add", priority=True),
        Binding("up", "move(-1)", "Choose", key_display="↑ ↓", priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        ("escape", "dismiss(None)", "Cancel"),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog", id="add-layer") as dialog:
            dialog.border_title = "Add a layer"
            dialog.border_subtitle = "type to search"
            yield Input(placeholder="kind, or a word of its sentence", compact=True)
            yield OptionList(compact=True)
        yield Keys()

    def on_mount(self) -> None:
        self._list("")

    @on(Input.Changed)
    def search(self, event: Input.Changed) -> None:
        """List the kinds that match; those whose names begin with the letters come first."""
        self._list(event.value.strip().lower())

    def _list(self, letters: str) -> None:
        found = [it for it in KINDS if letters in f"{it} {sentence(it)}".lower()]
        found.sort(key=lambda it: (not it.startswith(letters), letters not in it))
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(_line(it), id=it) for it in found])
        options.highlighted = 0 if found else None

    def action_move(self, rows: int) -> None:
        """Highlight another kind."""
        options = self.query_one(OptionList)
        if rows > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    @on(OptionList.OptionSelected)
    def action_choose(self) -> None:
        """Close with the highlighted kind."""
        option = self.query_one(OptionList).highlighted_option
        if option is not None:
            self.dismiss(option.id)


def _line(kind: str) -> Content:
    return Content.assemble((f"{kind:<{NAME}}", "bold"), (sentence(kind), "$foreground-muted"))


class AskName(ModalScreen[str | None]):
    """Asks for the name of a file, or for one of a list."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Take", priority=True),
        Binding("tab", "complete", "Complete", priority=True),
        ("escape", "dismiss(None)", "Cancel"),
    ]

    def __init__(self, title: str, says: str, value: str, known: list[str] | None = None) -> None:
        super().__init__()
        self._title, self._says, self._value, self._known = title, says, value, known or []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = plain(self._title)
            suggester = SuggestFromList(self._known) if self._known else None
            yield Input(self._value, suggester=suggester, select_on_focus=False)
            yield Static(plain(self._says))
        yield Keys()

    def action_complete(self) -> None:
        """Take the suggestion."""
        self.query_one(Input).action_cursor_right()

    def action_submit(self) -> None:
        """Close with what was typed, unless that is nothing."""
        self.dismiss(self.query_one(Input).value.strip() or None)
