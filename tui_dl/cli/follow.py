"""Follows a live run from the shell: prints its progress lines, and stops it on Ctrl-C."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Sequence

from tui_dl.cli.progress_lines import describe
from tui_dl.protocol import commands
from tui_dl.protocol.events import AnyEvent
from tui_dl.runs import mailbox
from tui_dl.runs.status import LIVE, State
from tui_dl.support.translations import tr

POLL_INTERVAL = 0.1  # seconds between two looks into the run folder

Say = Callable[[str], None]


def count_interrupts() -> list[int]:
    """Make Ctrl-C and SIGTERM (of `timeout` and schedulers) only add to the list returned.

    An exception could come in the middle of anything, and between the start of a run and `follow`
    it would leave a run behind that nobody knows of.
    """
    interrupts: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda number, _: interrupts.append(number))
    return interrupts


def follow(state: State, say: Say, interrupts: list[int], reported: int = 0) -> bool:
    """Print a run's events as progress lines until it is over; False if it was interrupted.

    The first interrupt stops the run and waits until it has ended; a second one does not wait.

    Args:
        state: the state of the run; it is updated here.
        say: prints a line.
        interrupts: grows by one with each Ctrl-C, as from `count_interrupts`.
        reported: number of events that were printed before.
    """
    stopping = False
    _report(state.events[reported:], state, say)
    while state.status in LIVE:
        if interrupts and not stopping:
            stopping = True
            mailbox.send(state.run.control, commands.Stop())
            say(tr("stopping: saving the weights; press Ctrl-C again not to wait"))
        if len(interrupts) > 1:
            say(tr("not waiting; the run ends once it has read the stop command"))
            break
        time.sleep(POLL_INTERVAL)
        _report(state.update(), state, say)
    return not stopping


def _report(events: Sequence[AnyEvent], state: State, say: Say) -> None:
    for event in events:
        if line := describe(event, state):
            say(line)
