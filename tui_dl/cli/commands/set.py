"""``tui-dl set``: changes the learning rate of a live run."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

import msgspec

from tui_dl.cli.exit_status import DONE
from tui_dl.cli.options import add_run, filled
from tui_dl.cli.send_command import not_done, send_command
from tui_dl.protocol.commands import Set
from tui_dl.protocol.events import Acknowledged
from tui_dl.runs.status import State
from tui_dl.spec.toml.overrides import pair, unquoted
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import pointed
from tui_dl.support.translations import tr

HELP = "change the learning rate while a run is running"
GROUP = "Control a run"


def add_arguments(parser: ArgumentParser) -> None:
    """Add its arguments."""
    add_run(parser)
    parser.add_argument(
        "change",
        metavar="learning_rate=VALUE",
        type=filled,
        help="the learning rate from the next step on, such as learning_rate=0.01",
    )


def run(options: Namespace) -> int:
    """Send the command, and wait a little for the run to take it."""
    command = _read(options.change)
    before: list[int] = []

    def taken(state: State) -> bool:
        """Whether the run has acknowledged one more change than at the first look."""
        steps = [e.step for e in state.events if isinstance(e, Acknowledged) and e.command == "set"]
        before[:] = before or [len(steps)]
        return len(steps) > before[0]

    state, done = send_command(options, command, taken)
    rate = f"{command.learning_rate:g}"
    if done:
        figures = {"rate": rate, "step": f"{state.last(Acknowledged).step:,}"}
        says = tr("learning rate {rate} after step {step}", **figures)
        print(f"{state.run.id}: {says}.")
    else:
        what = tr("learning rate {rate}", rate=rate)
        print(not_done(state, what, "the learning rate was changed"))
    return DONE


def _read(text: str) -> Set:
    key, equals, value = pair(text)
    if not equals or unquoted(key) != "learning_rate":
        raise UserError(
            f"{text}: write learning_rate=0.01: no other key can be changed while a run is running"
        )
    try:
        return msgspec.convert(
            {"command": "set", "learning_rate": unquoted(value)}, Set, strict=False
        )
    except msgspec.ValidationError:
        use = f": use a point: {number}" if (number := pointed(value)) else ""
        raise UserError(f"{text}: expected a number from 1e-12 to 1,000{use}") from None
