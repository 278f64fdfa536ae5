"""The window that asks what of a screen is to be copied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Protocol, runtime_checkable

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui_dl.drawing.styled_text import column
from tui_dl.support.translations import tr
from tui_dl.ui.plain_text import plain
from tui_dl.ui.screens.window import Window

MOST = 50  # cells of a text that are shown


@runtime_checkable
class Copies(Protocol):
    """A screen of which something can be copied."""

    def copies(self) -> Mapping[str, str]:
        """Texts to be copied by what each is, the most useful one first."""
        ...


class CopyDialog(Window[str | None]):
    """What can be copied, a row each; it is dismissed with the name of what was chosen."""

    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [("escape,q,y", "dismiss(None)", "Close")]

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__()
        self._texts = texts

    def compose(self) -> ComposeResult:
        widest = max(map(cell_len, self._texts))
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = tr("Copy")
            dialog.border_subtitle = tr("enter copies, esc closes")
            yield OptionList(
                *(
                    Option(plain(f"{column(what, widest)}  {_shown(text)}"), id=str(number))
                    for number, (what, text) in enumerate(self._texts.items())
                ),
                compact=True,
            )

    def on_mount(self) -> None:
        self.query_one(OptionList).highlighted = 0

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Take what was chosen."""
        self.dismiss(list(self._texts)[event.option_index])


def _shown(text: str) -> str:
    """The beginning of a text."""
    first, *others = text.strip().splitlines() or [""]
    return first[:MOST].strip() + " …" * (bool(others) or len(first) > MOST)
