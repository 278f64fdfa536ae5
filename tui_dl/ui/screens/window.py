"""A window over a screen: what all dialogs are."""

from __future__ import annotations

from textual.screen import ModalScreen, ScreenResultType

from tui_dl.ui.whole_letters import WholeLetters


class Window(ModalScreen[ScreenResultType]):
    """A dialog that answers with a result, or with None where it is left."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = WholeLetters()
