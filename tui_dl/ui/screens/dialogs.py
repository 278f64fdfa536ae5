"""Dialogs: a question before something that cannot be undone, and one for a learning rate."""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from tui_dl.spec.train.table import Rate
from tui_dl.support.translations import tr
from tui_dl.ui.panels.frame import Keys
from tui_dl.ui.plain_text import plain
from tui_dl.ui.screens.window import Window

TITLE_ENDS = 6  # cells of the border beside a title
TYPED = r"[-+0-9.,eE ]*"  # characters of numbers; a comma is asked to be a point


class Confirm(Window[bool]):
    """A question answered by y or n; Enter does nothing, as it is often pressed by mistake."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("y", "dismiss(True)", "Yes"),
        ("n,escape,q", "dismiss(False)", "No"),
    ]

    def __init__(self, question: str, consequence: str) -> None:
        super().__init__()
        self._question, self._consequence = question, consequence

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = question = plain(self._question)
            dialog.styles.min_width = question.cell_length + TITLE_ENDS
            yield Static(plain(self._consequence), classes="consequence")
            yield Static(
                Content.assemble(
                    (" y ", "bold $primary"),
                    f"{tr('yes')}     ",
                    (" n ", "bold $primary"),
                    tr("no"),
                ),
                classes="answers",
            )
        yield Keys()


class AskRate(Window[float | None]):
    """Asks for a learning rate; below the field stands what is wrong with what was typed."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Set", priority=True),
        ("escape", "dismiss(None)", "Cancel"),
    ]

    def __init__(self, now: float | None) -> None:
        super().__init__()
        self._now = "" if now is None else f"{now:.6g}"

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = tr("New learning rate")
            dialog.border_subtitle = tr("enter sets it, esc cancels")
            yield Input(self._now, restrict=TYPED, select_on_focus=False)
            yield Static(id="complaint", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Input).select_all()  # by focus it would be later, and take typed digits away

    @on(Input.Changed)
    def check(self, event: Input.Changed) -> None:
        """Say what is wrong."""
        self.query_one("#complaint", Static).update(complaint(event.value))

    def action_submit(self) -> None:
        """Close with the learning rate typed, or with None where nothing was changed."""
        text = self.query_one(Input).value
        if text == self._now:
            self.dismiss(None)
        elif not complaint(text):
            self.dismiss(_rate(text))


def complaint(text: str) -> str:
    """Why `text` is no learning rate; empty where it is one."""
    try:
        _rate(text)
    except msgspec.ValidationError:
        with suppress(ValueError):
            float(text)
            return tr("It must be above 0 and at most 1,000.")
        pointed = text.replace(",", ".")
        if pointed != text and not complaint(pointed):
            return tr("Use a point: {number}", number=pointed)
        return tr("It must be a number, such as 0.001 or 1e-3.")
    return ""


def _rate(text: str) -> float:
    return msgspec.convert(text.strip(), Rate, strict=False)
