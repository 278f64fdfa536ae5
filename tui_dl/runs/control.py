"""The mailbox of commands to a live worker: one small file a command, renamed into place."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import msgspec

from tui_dl.errors import UserError
from tui_dl.recipe import Rate
from tui_dl.runs.atomic import replace
from tui_dl.runs.room import why

LOOK_EVERY = 0.1  # seconds


class Command(msgspec.Struct, frozen=True, tag_field="command"):
    """What a user wants of a run that is under way."""

    @property
    def name(self) -> str:
        """What it is called in files and events."""
        return str(self.__struct_config__.tag)


class Stop(Command, frozen=True, tag="stop"):
    """Save the weights and end."""


class Pause(Command, frozen=True, tag="pause"):
    """Save the weights and wait."""


class Continue(Command, frozen=True, tag="continue"):
    """Go on after a pause."""


class Save(Command, frozen=True, tag="checkpoint"):
    """Save the weights now."""


class Set(Command, frozen=True, tag="set"):
    """Train on with another learning rate."""

    learning_rate: Rate


AnyCommand = Stop | Pause | Continue | Save | Set


def send(folder: Path, command: AnyCommand) -> None:
    """Put `command` into the mailbox; raises UserError where that cannot be."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)  # the worker makes it anew, in its own time
        replace(folder / f"{time.time_ns()}.json", msgspec.json.encode(command))
    except OSError as error:
        raise UserError(f"{folder}: {command.name} cannot be sent: {why(error)}") from None


class Mailbox:
    """The worker's end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._looked = 0.0

    def take(self) -> list[AnyCommand]:
        """Commands since the last look, oldest first; looks at most every `LOOK_EVERY` seconds."""
        now = time.monotonic()
        if now - self._looked < LOOK_EVERY:
            return []
        self._looked = now
        commands: list[AnyCommand] = []
        for path in sorted(self._folder.glob("[0-9]*.json")):
            with suppress(msgspec.DecodeError):  # what is not a command is dropped
                commands.append(msgspec.json.decode(path.read_bytes(), type=AnyCommand))
            path.unlink(missing_ok=True)
        return commands
