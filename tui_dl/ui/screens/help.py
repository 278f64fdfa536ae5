"""The help window: all keys, and how to read a run."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

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
READING = (
    ("━━━╸", "gradient, log scale; short learns little"),
    ("■■□□□", "epochs since the validation loss was best"),
    ("│best", "epoch of the lowest validation loss"),
    ("│lr  ▲", "rate set, also │pause; a value beyond the axis"),
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

    def on_resize(self) -> None:
        self.call_after_refresh(self._say_keys)

    def _say_keys(self) -> None:
        dialog = self.query_one(VerticalScroll)
        scrolls = "↑ ↓ for more, " if dialog.max_scroll_y else ""
        dialog.border_subtitle = f"{scrolls}esc closes"


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
