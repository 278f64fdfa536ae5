"""An application that searches for garbage while nobody presses a key.

A search among all objects takes a tenth of a second, and a key would wait for it. Python itself
searches whenever enough objects were made, which is while keys are answered.
"""

from __future__ import annotations

import gc
from time import monotonic

from textual.events import Event, Key

from tui_dl.ui.ordered_input import OrderedInput

REST = 1.0  # seconds without a key
ENOUGH = 10  # searches among younger objects, after which there is one among all
# Objects made, and searches among younger objects, after which there is the next one. The last is
# for someone who presses keys without a rest.
THRESHOLDS = 2_000, 10, 10 * ENOUGH


class IdleGarbage(OrderedInput):
    """The process that it has to itself has these thresholds."""

    _pressed = 0.0

    def on_mount(self) -> None:
        self.set_interval(REST, self._search)

    async def on_event(self, event: Event) -> None:
        if isinstance(event, Key):
            self._pressed = monotonic()
        await super().on_event(event)

    def _search(self) -> None:
        if gc.get_count()[2] >= ENOUGH and monotonic() - self._pressed >= REST:
            gc.collect()
