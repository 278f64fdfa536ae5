"""The windows over a screen: help, a question before a run is stopped, and a learning rate."""

from __future__ import annotations

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

KEYS = {
    "Library": [
        ("↑ ↓  j k", "choose a preset"),
        ("enter", "train it"),
        ("pgup pgdn", "scroll its page"),
        ("r", "return to the run being watched"),
    ],
    "Run": [
        ("s", "stop training; weights are kept"),
        ("p", "pause, or go on"),
        ("r", "set the learning rate"),
        ("c", "save the weights now"),
        ("l", "loss by powers of ten, or evenly"),
        ("esc", "back to the library, training goes on"),
    ],
    "Everywhere": [
        ("?", "this help"),
        ("ctrl+p", "menu: themes and more"),
        ("q", "leave; the shell says how to come back"),
    ],
}
OUT_OF_RANGE = "A learning rate is a number above 0, up to 1,000."
READING = (
    ("━━━╸", "gradient, log scale; short learns little"),
    ("■■□□□", "epochs since the validation loss was best"),
    ("│best", "epoch of the lowest validation loss"),
    ("│lr", "learning rate set; also │pause"),
    ("⠒⠤ ⠒•⠤", "training, validation; faint: single steps"),
)


class Help(ModalScreen[None]):
    """Keys, and how to read the run screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q,question_mark,enter,ctrl+c", "dismiss", "Close")
    ]

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = "Help"
            dialog.border_subtitle = "esc closes"
            yield Static(_help())


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
    """A learning rate, or none."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [("escape,ctrl+c", "dismiss(None)", "Cancel")]

    def __init__(self, now: float | None) -> None:
        super().__init__()
        self._now = "" if now is None else f"{now:.6g}"

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = "Learning rate of the steps to come"
            dialog.border_subtitle = "enter sets it, esc cancels"
            yield Input(self._now, type="number", id="rate")

    @on(Input.Submitted)
    def take(self, event: Input.Submitted) -> None:
        """Close where it is one."""
        if _is_rate(event.value):
            self.dismiss(float(event.value))
        else:
            self.notify(OUT_OF_RANGE, severity="error", timeout=3, markup=False)


def _is_rate(text: str) -> bool:
    try:
        msgspec.convert(text, Rate, strict=False)
    except msgspec.ValidationError:
        return False
    return True


def _help() -> Content:
    parts: list[Content | str] = []
    for title, keys in KEYS.items():
        parts += [Content.styled(title, "bold $primary"), "\n"]
        for key, meaning in keys:
            parts += [Content.styled(f"  {key:<11}", "bold"), f"{meaning}\n"]
    parts += [Content.styled("Reading a run", "bold $primary")]
    for sign, meaning in READING:
        parts += ["\n", Content.styled(f"  {sign:<7}", "bold"), meaning]
    return Content.assemble(*parts)
