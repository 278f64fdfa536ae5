"""Sends a command to a live run, and waits until it has been carried out."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Callable

from tui_dl.cli.find_run import chosen
from tui_dl.protocol import commands
from tui_dl.runs import mailbox
from tui_dl.runs.status import LIVE, State
from tui_dl.support.errors import UserError
from tui_dl.support.translations import tr

PATIENCE = 10.0  # seconds to wait


def send_command(
    options: Namespace, command: commands.AnyCommand, is_done: Callable[[State], bool]
) -> tuple[State, bool]:
    """Send `command` to the run that was asked for, and wait until `is_done` is true of its state.

    Returns:
        The state, and whether `is_done` was true of it in time.

    Raises:
        UserError: the run is over.
    """
    state = chosen(options)
    if state.status not in LIVE:
        raise UserError(
            f"{state.run.id}: nothing to `{command.name}`: the run is over ({state.status})"
        )
    mailbox.send(state.run.control, command)
    deadline = time.monotonic() + PATIENCE
    while state.alive and not is_done(state) and time.monotonic() < deadline:
        time.sleep(0.05)
        state.update()
    return state, is_done(state)


def not_done(state: State, command: str, effect: str) -> str:
    """What to say where the run has not carried out `command`: it will, or it ended before."""
    if state.alive:
        says = "{run}: {command} requested; takes effect after the current step."
        return tr(says, run=state.run.id, command=tr(command))
    how = {"status": tr(state.status), "effect": tr(effect)}
    return tr("{run}: {status} before {effect}.", run=state.run.id, **how)
