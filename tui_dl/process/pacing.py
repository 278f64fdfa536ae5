"""Waiting between epochs, so that a run can be watched and steered while it trains."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep

from tui_dl.protocol.commands import LOOK_EVERY


class Pacing:
    """Lets epochs begin at most so often; what is computed does not change.

    Args:
        epochs_per_second: how often.
        interrupted: whether somebody waits for the worker, which then goes on at once.
    """

    def __init__(self, epochs_per_second: float, interrupted: Callable[[], bool]) -> None:
        self._seconds = 1 / epochs_per_second
        self._interrupted = interrupted
        self._next: float | None = None  # known once the first epoch is over

    def wait(self) -> None:
        """Wait until the next epoch is due; time that is lost is not made up for."""
        due = monotonic() + self._seconds if self._next is None else self._next
        while (left := due - monotonic()) > 0 and not self._interrupted():
            sleep(min(left, LOOK_EVERY))
        self._next = monotonic() + self._seconds

    def restart(self) -> None:
        """Forget when an epoch was due: a pause is over, after which two would follow at once."""
        self._next = None
