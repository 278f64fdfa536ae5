"""An application in which keys and pasted text take effect in the order in which they came."""

from __future__ import annotations

from textual.events import Event, Key, Paste
from textual.widgets import Input

from tui_dl.support.translations import tr
from tui_dl.ui.menu import Menu
from tui_dl.ui.panels.frame import LEAST_HEIGHT, LEAST_WIDTH


class OrderedInput(Menu):
    """Each key acts before the next one is looked at; pasted text is never a key."""

    async def on_event(self, event: Event) -> None:
        """Let each key, and what is pasted, take effect before the next one is looked at.

        Textual itself puts a key into the queue of what has the focus, and looks for its binding
        once it has come back: of a burst, the others have then gone to a screen that is covered.
        """
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self.app_focus = True
        event.stop()  # it must not come back
        if self.is_too_small:
            if isinstance(event, Key) and self._quits(event.key):
                await self.run_action("quit")
            return
        if isinstance(event, Paste) and isinstance(self.focused, Input):
            event = self._first_line(event)
        if isinstance(event, Paste) or not await self._act_on(event.key):
            await (self.focused or self.screen).on_event(event)

    @property
    def is_too_small(self) -> bool:
        """Whether nothing but a notice is shown, and so no key may act unseen but one: to quit."""
        return self.size.width < LEAST_WIDTH or self.size.height < LEAST_HEIGHT

    def _quits(self, key: str) -> bool:
        return any(it.action == "quit" for it in self._bindings.key_to_bindings.get(key, ()))

    def _first_line(self, paste: Paste) -> Paste:
        """What a field of one line takes; the user is told where there is more."""
        lines = [line for line in paste.text.splitlines() if line.strip()] or [""]
        if len(lines) > 1:
            says = "Only the first of {count} lines is taken: the field is for one."
            self.notify(tr(says, count=len(lines)), severity="warning")
        return Paste(lines[0])

    async def _act_on(self, key: str) -> bool:
        """Run what `key` is bound to, if there is something."""
        if key == "ctrl+c" and self.screen.is_modal:
            key = "escape"  # it closes a window, also where a field would copy its text
        for priority in (True, False):
            if await self._check_bindings(key, priority):
                return True
        panel_key = self.screen.active_bindings.get(key)  # of a panel without the focus
        return panel_key is not None and await self.run_action(
            panel_key.binding.action, panel_key.node
        )
