"""The help window: the keys that act, and how to read a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import ActiveBinding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.keys import format_key
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tui_dl.support.translations import tr
from tui_dl.ui.own_bindings import is_own
from tui_dl.ui.panels.panel import Panel

READING = (
    ("━━━╸", "gradient on a log scale; a short bar learns little"),
    ("■■□□□", "epochs since the best validation loss"),
    ("│best", "epoch of the lowest validation loss"),
    ("│lr  ▲", "learning rate changed (or pause); off the axis"),
    ("◆◇▲■", "marks: best, lr, diagnosis, early stop"),
    ("━┃─▶┄", "played, playhead, recorded, still to come"),
    ("⠒⠤ ⠒⠶⠤", "training, validation; faint: single steps"),
)
KEY_CELLS = 11


class Help(ModalScreen[None]):
    """The keys of what is on the screen, and how to read the run screen."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,q,question_mark,enter", "dismiss", "Close")]

    def __init__(self, bindings: Mapping[str, ActiveBinding]) -> None:
        super().__init__()
        self._bindings_shown = bindings

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = tr("Help")
            dialog.border_subtitle = tr("esc closes")
            yield Static(help_text(self._bindings_shown.values()))

    def on_resize(self) -> None:
        self.call_after_refresh(self._say_keys)

    def _say_keys(self) -> None:
        dialog = self.query_one(VerticalScroll)
        scrolls = tr("↑ ↓ for more, ") if dialog.max_scroll_y else ""
        dialog.border_subtitle = scrolls + tr("esc closes")


def help_text(bindings: Iterable[ActiveBinding]) -> Content:
    """All keys with what they do, by what they are keys of; then how to read a run."""
    parts: list[Content | str] = []
    for title, keys in _sections(bindings).items():
        parts += [Content.styled(title, "bold $primary"), "\n"]
        for key, meaning in keys.items():
            below = "\n" + " " * (KEY_CELLS + 2) if len(key) > KEY_CELLS else ""
            parts += [Content.styled(f"  {key:<{KEY_CELLS}}{below} ", "bold"), f"{meaning}\n"]
    parts += [Content.styled(tr("Reading a run"), "bold $primary")]
    for sign, meaning in READING:
        parts += ["\n", Content.styled(f"  {sign:<7}", "bold"), tr(meaning)]
    return Content.assemble(*parts)


def _sections(bindings: Iterable[ActiveBinding]) -> dict[str, dict[str, str]]:
    """Keys and their meaning, by title; keys of one action that differ in its argument share a row.

    Of those the first one has the tooltip.
    """
    found: dict[str, dict[str, tuple[list[str], str]]] = {}
    for active in bindings:
        binding = active.binding
        if not binding.description or not is_own(active):  # such as the cursor keys of a list
            continue
        section = found.setdefault(_title(active.node), {})
        keys, _ = section.setdefault(
            binding.action.partition("(")[0], ([], tr(active.tooltip or binding.description))
        )
        keys.append(format_key(binding.key))
    return {
        title: {_joined(keys): meaning for keys, meaning in section.values()}
        for title, section in found.items()
    }


def _joined(keys: list[str]) -> str:
    """The keys in one word; a row of digits by its ends."""
    if len(keys) > 2 and all(it.isdigit() for it in keys):
        return f"{keys[0]} – {keys[-1]}"
    return " ".join(keys)


def _title(node: DOMNode) -> str:
    """What keys are keys of."""
    if isinstance(node, App):
        return tr("Everywhere")
    if isinstance(node, Screen):
        return tr(node.TITLE or "This window")
    return tr(str(node.BORDER_TITLE) if isinstance(node, Panel) else "List")
