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
        ("enter", "train the chosen preset"),
        ("e", "change values, then train"),
        ("t", "train with the change that the lesson proposes"),
        ("/", "search; esc lists all again"),
        ("→ ←", "the preset's page, the list, on a narrow terminal"),
        ("pgup pgdn", "scroll the page of the preset"),
        ("r", "return to the run being watched"),
    ],
    "Run": [
        ("s", "stop training; weights are kept"),
        ("p", "pause, or resume"),
        ("r", "set the learning rate"),
        ("c", "save the weights now"),
        ("space", "play the run, or hold it; once over, from its start"),
        (", .  < >", "an epoch back, forward; a step"),
        ("[ ]", "half the speed, twice the speed"),
        ("n N", "next mark, the one before"),
        ("home end", "beginning of the run; now"),
        ("l", "loss on a log scale, or a linear one"),
        ("esc", "back to the library; the run keeps running"),
    ],
    "Everywhere": [
        ("?", "this help"),
        ("ctrl+p", "menu: themes and more"),
        ("q", "quit; the shell says how to come back"),
    ],
}
READING = (
    ("━━━╸", "gradient on a log scale; a short bar learns little"),
    ("■■□□□", "epochs since the best validation loss"),
    ("│best", "epoch of the lowest validation loss"),
    ("│lr  ▲", "learning rate changed (or pause); off the axis"),
    ("◆ ◇ ▲ ■", "marks: best, lr, diagnosis, early stop"),
    ("━┃─▶┄", "played, playhead, recorded, still to come"),
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
