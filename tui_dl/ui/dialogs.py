"""Windows over a screen that ask: a question before what one may regret, and a learning rate."""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui_dl.recipe import Rate


class Confirm(ModalScreen[bool]):
    """A question that is answered by yes or no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("y,enter", "dismiss(True)", "Yes"),
        ("n,escape,q,ctrl+c", "dismiss(False)", "No"),
    ]

    def __init__(self, question: str, consequence: str) -> None:
        super().__init__()
        self._question, self._consequence = question, consequence

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = self._question
            yield Static(self._consequence)
            yield Static(
                Content.assemble(
                    (" y ", "bold $primary"), "yes     ", (" n ", "bold $primary"), "no"
                ),
                classes="answers",
            )


class AskRate(ModalScreen[float | None]):
    """A learning rate, or none. What is typed stays; below it stands what is wrong with it."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [("escape,ctrl+c", "dismiss(None)", "Cancel")]

    def __init__(self, now: float | None) -> None:
        super().__init__()
        self._now = "" if now is None else f"{now:.6g}"

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = "Learning rate of the steps to come"
            dialog.border_subtitle = "enter sets it, esc cancels"
            yield Input(self._now, id="rate")
            yield Static(id="complaint", markup=False)

    @on(Input.Changed)
    def judge(self, event: Input.Changed) -> None:
        """Say what is wrong."""
        self.query_one("#complaint", Static).update(complaint(event.value))

    @on(Input.Submitted)
    def take(self, event: Input.Submitted) -> None:
        """Close where it is one."""
        if not complaint(event.value):
            self.dismiss(_rate(event.value))


def complaint(text: str) -> str:
    """Why `text` is no learning rate; empty where it is one."""
    try:
        _rate(text)
    except msgspec.ValidationError:
        with suppress(ValueError):
            float(text)
            return "It must be above 0 and at most 1,000."
        pointed = text.replace(",", ".")
        if pointed != text and not complaint(pointed):
            return f"Use a point: {pointed}"
        return "It must be a number: 0.001, say, or 1e-3."
    return ""


def _rate(text: str) -> float:
    return msgspec.convert(text.strip(), Rate, strict=False)
