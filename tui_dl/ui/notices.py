"""An application whose notices, Textual's toasts, are in the user's way as little as possible."""

from __future__ import annotations

from math import inf
from time import time
from typing import Any

from textual.events import Event, Key
from textual.notifications import Notify
from textual.screen import ModalScreen, Screen
from textual.widgets._toast import ToastRack

from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import said, tr
from tui_dl.ui.garbage_collection import IdleGarbageCollection
from tui_dl.ui.panels.frame import NORMAL, TALL

READ = 1.5  # seconds after which a notice was read, if its reader goes on


class Notices(IdleGarbageCollection):
    """Shows notices in the language in use.

    On a small terminal one covers what is being read, so it has as few rows as possible, and goes
    with the next key. An error stays as long as it says: no key was pressed for it. What only
    informs makes way for a window that is opened.
    """

    def on_mount(self) -> None:
        self.screen_change_signal.subscribe(self, self._make_way, immediate=True)

    def _make_way(self, screen: Screen[Any]) -> None:
        """Take away what informs, also from the screen below a window: it is seen beside that."""
        if isinstance(screen, ModalScreen):
            self._take_away("information")
            for rack in self.screen_stack[-2].query(ToastRack):
                self.call_later(rack.show, self._notifications)

    @property
    def is_small(self) -> bool:
        """Whether a notice covers much; the styles make it small for the same sizes."""
        return self.size.width < NORMAL or self.size.height < TALL

    async def on_event(self, event: Event) -> None:
        """A key also takes away what was read."""
        if isinstance(event, Key) and self._notifications and self.is_small:
            self._take_away("information", "warning", before=time() - READ)
        await super().on_event(event)

    def _take_away(self, *severities: str, before: float = inf) -> None:
        """Take away notices of these severities that were there `before` a time."""
        for it in [*self._notifications]:
            if it.raised_at < before and it.severity in severities:
                self._unnotify(it)

    def notify(self, message: str, *, title: str = "", markup: bool = False, **how: Any) -> None:
        """Show a notice; names and reasons in it are shown as they are."""
        text, heading = printable(said(message), keep="\n"), printable(tr(title))
        if heading and self.is_small:
            super().notify(f"{heading}: {text}", markup=markup, **how)
        else:
            super().notify(text, title=heading, markup=markup, **how)

    def on_notify(self, event: Notify) -> None:
        """Show no notice twice: what is still shown is not shown again."""
        new = event.notification
        if any((it.title, it.message) == (new.title, new.message) for it in self._notifications):
            event.prevent_default()
