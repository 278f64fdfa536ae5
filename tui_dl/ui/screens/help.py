"""The help window: the keys that act, and how to read a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.binding import ActiveBinding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.keys import format_key
from textual.screen import Screen
from textual.widgets import Static

from tui_dl.drawing.styled_text import column
from tui_dl.drawing.wrapped import wrapped
from tui_dl.support.translations import tr
from tui_dl.ui.own_bindings import is_own
from tui_dl.ui.panels.panel import Panel
from tui_dl.ui.screens.window import Window

READING = (
    ("━━━╸", "gradient on a log scale; a short bar learns little"),
    ("■■□□□", "epochs since the best validation loss"),
    ("│best", "epoch of the lowest validation loss"),
    ("│lr  ▲", "learning rate changed (or pause); off the axis"),
    ("◆◇▲■", "marks: best, lr, diagnosis, early stop"),
    ("━┃─▶┄", "played, playhead, recorded, still to come"),
    ("⠒⠤ ⠒⠶⠤", "training, validation; faint: single steps"),
    ("✔▲■✘", "runs: over, diagnosed, stopped, failed"),
    ("✔ ½ ●", "presets: claims shown, some left, running"),
)
KEY_CELLS, SIGN_CELLS = 11, 7  # of the columns of keys and of signs
WIDEST = 85  # percent of the screen, as in styles.tcss
TITLE = "bold $primary"


class Help(Window[None]):
    """The keys of what is on the screen, and how to read the run screen."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,q,question_mark,enter", "dismiss", "Close")]

    def __init__(self, bindings: Mapping[str, ActiveBinding]) -> None:
        super().__init__()
        self._bindings_shown = bindings

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = tr("Help")
            dialog.border_subtitle = tr("esc closes")
            yield Static()

    def on_resize(self) -> None:
        room = self.size.width * WIDEST // 100
        self.query_one(Static).update(help_text(self._bindings_shown.values(), room))
        self.call_after_refresh(self._say_keys)

    def _say_keys(self) -> None:
        dialog = self.query_one(VerticalScroll)
        scrolls = tr("↑ ↓ for more, ") if dialog.max_scroll_y else ""
        dialog.border_subtitle = scrolls + tr("esc closes")


def help_text(bindings: Iterable[ActiveBinding], width: int) -> Content:
    """All keys with what they do, by what they are keys of; then how to read a run.

    A meaning that is longer than `width` cells allow goes on below itself, not below its key.
    """
    parts: list[Content] = []
    for title, keys in _sections(bindings).items():
        parts.append(Content.styled(title, TITLE))
        parts += [_row(key, meaning, KEY_CELLS, width) for key, meaning in keys.items()]
    parts.append(Content.styled(tr("Reading a run"), TITLE))
    parts += [_row(sign, tr(meaning), SIGN_CELLS, width) for sign, meaning in READING]
    return Content("\n").join(parts)


def _row(name: str, meaning: str, cells: int, width: int) -> Content:
    """A name in a column of `cells`, and beside it its meaning; a longer name has its own row."""
    indent = " " * (cells + 3)  # two before the name, and one after it
    rows = wrapped(meaning, width - len(indent)) or [""]
    head = f"  {column(name, cells)} " if cell_len(name) <= cells else f"  {name}\n{indent}"
    return Content.assemble(Content.styled(head, "bold"), f"\n{indent}".join(rows))


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
    return node.panel_title if isinstance(node, Panel) else tr("List")
