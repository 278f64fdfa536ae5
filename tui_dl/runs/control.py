"""The mailbox of commands to a live worker: one small file a command, renamed into place."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from tui_dl.runs.atomic import replace

LOOK_EVERY = 0.1  # seconds


class Command(msgspec.Struct, frozen=True):
    """What a user wants of a run that is under way."""

    command: Literal["stop"]


def send(folder: Path, command: Command) -> None:
    """Put `command` into the mailbox."""
    replace(folder / f"{time.time_ns()}.json", msgspec.json.encode(command))


class Mailbox:
    """The worker's end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._looked = 0.0

    def take(self) -> list[Command]:
        """Commands since the last look, oldest first; looks at most every `LOOK_EVERY` seconds."""
        now = time.monotonic()
        if now - self._looked < LOOK_EVERY:
            return []
        self._looked = now
        commands = []
        for path in sorted(self._folder.glob("[0-9]*.json")):
            with suppress(msgspec.DecodeError):  # what is not a command is dropped
                commands.append(msgspec.json.decode(path.read_bytes(), type=Command))
            path.unlink(missing_ok=True)
        return commands
