"""The builder's dialogs: which layer to add, and the name of a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui_dl.spec.layers import KINDS
from tui_dl.spec.row_text import sentence
from tui_dl.support.formatting import quoted
from tui_dl.support.translations import tr
from tui_dl.ui.name_suggester import NameSuggester
from tui_dl.ui.panels.frame import Keys
from tui_dl.ui.plain_text import plain
from tui_dl.ui.screens.window import Window

NAME = 16  # cells of a kind's name


class AddLayer(Window[str | None]):
    """All kinds of layers with a sentence each; typing leaves those that have the letters.

    Closes with a kind, or with a whole row that was typed: ``conv2d filters=6``.
    """

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Add", priority=True),
        Binding("up", "move(-1)", "Choose", key_display="↑ ↓", priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        ("escape", "dismiss(None)", "Cancel"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._listed = ""  # the letters that what is listed has

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog", id="add-layer") as dialog:
            dialog.border_title = tr("Add a layer")
            dialog.border_subtitle = tr("type to search")
            yield Input(placeholder=tr("kind, or a word of its sentence"), compact=True)
            yield OptionList(compact=True)
        yield Keys()

    def on_mount(self) -> None:
        self._list("")

    @on(Input.Changed)
    def search(self, event: Input.Changed) -> None:
        """List the kinds that match; those whose names begin with the letters come first."""
        self._list(event.value.strip().lower())

    def _list(self, letters: str) -> None:
        """List what has the letters; of a row that is typed, its kind."""
        kind = letters.partition(" ")[0]
        letters = kind if kind in KINDS else letters
        self._listed = letters
        found = [it for it in KINDS if letters in f"{it} {tr(sentence(it))}".lower()]
        found.sort(key=lambda it: (not it.startswith(letters), letters not in it))
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(_line(it), id=it) for it in found])
        options.highlighted = 0 if found else None
        if not found:
            options.add_option(
                Option(tr("no layer has {letters}", letters=quoted(letters)), disabled=True)
            )

    def action_move(self, rows: int) -> None:
        """Highlight another kind."""
        options = self.query_one(OptionList)
        if rows > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    @on(OptionList.OptionSelected)
    def action_choose(self) -> None:
        """Close with the row that was typed, or with the highlighted kind."""
        typed = self.query_one(Input).value.strip()
        kind, *keys = typed.split()[:2] or [""]
        if keys and kind in KINDS:
            self.dismiss(typed)
            return
        if typed.lower() != self._listed:  # Enter came before the list was made anew
            self._list(typed.lower())
        option = self.query_one(OptionList).highlighted_option
        if option is not None:
            self.dismiss(option.id)


def _line(kind: str) -> Content:
    says = tr(sentence(kind))
    return Content.assemble((f"{kind:<{NAME}}", "bold"), (says, "$foreground-muted"))


class AskName(Window[str | None]):
    """Asks for the name of a file, or for one of a list."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Take", priority=True),
        Binding("tab", "complete", "Complete", priority=True),
        ("escape", "dismiss(None)", "Cancel"),
    ]

    def __init__(self, title: str, says: str, value: str, known: Sequence[str] = ()) -> None:
        super().__init__()
        self._title, self._says, self._value, self._known = title, says, value, known

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = plain(self._title)
            suggester = NameSuggester(self._known)
            yield Input(self._value, suggester=suggester, select_on_focus=False)
            yield Static(plain(self._says))
        yield Keys()

    def on_mount(self) -> None:
        if self._known:  # it is asked what to open: another one, most often
            self.query_one(Input).select_all()

    def action_complete(self) -> None:
        """Take the suggestion."""
        self.query_one(Input).action_cursor_right()

    def action_submit(self) -> None:
        """Close with what was typed, unless that is nothing."""
        self.dismiss(self.query_one(Input).value.strip() or None)
