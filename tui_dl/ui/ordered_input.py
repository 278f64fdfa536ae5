"""An application in which keys and pasted text take effect in the order in which they came."""

from __future__ import annotations

import asyncio
from collections import deque
from functools import cached_property
from time import monotonic
from typing import Any

from textual.events import Event, Key, Paste
from textual.message_pump import MessagePump
from textual.widgets import Input

from tui_dl.support.translations import tr
from tui_dl.ui.menu import Menu
from tui_dl.ui.palette import Palette
from tui_dl.ui.panels.frame import LEAST_HEIGHT, LEAST_WIDTH

LOOK_EVERY = 0.001  # seconds between two looks at whether a key has had its effect
LONGEST = 2.0  # seconds that a key waits for the one before it


class OrderedInput(Menu):
    """Each key acts before the next one is looked at; pasted text is never a key."""

    _taking: asyncio.Task[None] | None = None

    @cached_property
    def _to_take(self) -> deque[Key | Paste]:
        """What has been typed and pasted, but has not yet been looked at."""
        return deque()

    async def on_event(self, event: Event) -> None:
        """Let each key, and what is pasted, take effect before the next one is looked at.

        Textual itself puts a key into the queue of what has the focus, and looks for its binding
        once it has come back: of a burst, the others have then gone to a screen that is covered,
        or to what had the focus before.
        """
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        event.stop()  # it must not come back
        self._to_take.append(event)
        if self._taking is None or self._taking.done():
            self._taking = asyncio.create_task(self._take_keys())

    async def _take_keys(self) -> None:
        """Take one key after another, each once all that the one before it has caused is done.

        That is as if they had come slowly: what a field tells of its text, the focus and a window
        reach their places as messages, which the app handles between two keys.
        """
        while self._to_take:
            self.call_later(self._take, self._to_take.popleft())
            end = monotonic() + LONGEST
            while not self._is_at_rest() and monotonic() < end:
                await asyncio.sleep(LOOK_EVERY)

    def _is_at_rest(self) -> bool:
        """Whether no widget has a message left, or is at work on one."""
        screens = self.screen_stack
        if any(isinstance(it, Palette) and it.searches for it in screens):
            return False
        widgets = [it for screen in screens for it in screen.walk_children(with_self=True)]
        return all(map(_waits, [self, *widgets]))

    async def _take(self, event: Key | Paste) -> None:
        """Let a key, or what is pasted, act."""
        self.app_focus = True
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


def _waits(pump: MessagePump) -> bool:
    """Whether it waits for a message, or handles none at all."""
    queue: Any = pump._message_queue
    return not pump.is_running or (queue.empty() and bool(queue.ready_event._waiters))
