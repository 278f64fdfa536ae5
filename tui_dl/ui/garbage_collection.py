"""An application that runs the garbage collector while no key is pressed.

A full collection takes a tenth of a second, and a key would wait for it. Python itself begins one
whenever enough objects were made, which is while keys are answered.
"""

from __future__ import annotations

import gc
from time import monotonic

from textual.events import Event, Key

from tui_dl.ui.ordered_input import OrderedInput

REST = 1.0  # seconds without a key
ENOUGH = 10  # collections of the middle generation, after which there is a full one
# When Python itself collects: the last one is for someone who presses keys without a rest.
THRESHOLDS = 2_000, 10, 10 * ENOUGH


class IdleGarbageCollection(OrderedInput):
    """Collects at rest; a process that it has to itself sets `THRESHOLDS` as well."""

    _pressed = 0.0

    def on_mount(self) -> None:
        self.set_interval(REST, self._collect)

    async def on_event(self, event: Event) -> None:
        if isinstance(event, Key):
            self._pressed = monotonic()
        await super().on_event(event)

    def _collect(self) -> None:
        if gc.get_count()[2] >= ENOUGH and monotonic() - self._pressed >= REST:
            gc.collect()
