"""The mailbox of commands to a live worker: one small file a command, renamed into place."""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import msgspec

from tui_dl.protocol.commands import LOOK_EVERY, AnyCommand
from tui_dl.protocol.events import Refused
from tui_dl.runs import files
from tui_dl.runs.atomic import replace
from tui_dl.support.errors import UserError
from tui_dl.support.json_text import NOT_JSON
from tui_dl.support.os_errors import why

MOST = 4096  # bytes of a command
MOST_REFUSALS = 20  # that one worker reports
_NAME = re.compile(r"([0-9]+).*\.json", re.DOTALL)
_HIGHEST = 1 << 64  # number of a file; one that is higher is nothing to count on from


def send(folder: Path, command: AnyCommand) -> None:
    """Put `command` into the mailbox, after all that are there; raises UserError if it cannot."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)  # the worker makes it anew, in its own time
        # The clock alone would put what is sent after it was set back in front.
        last = max((it for it, _ in _numbered(folder) if it < _HIGHEST), default=0)
        number = max(time.time_ns(), last + 1)
        replace(folder / f"{number}-{token_hex(4)}.json", msgspec.json.encode(command))
    except OSError as error:
        raise UserError(f"{folder}: {command.name} cannot be sent: {why(error)}") from None


def pending(folder: Path) -> list[tuple[Path, AnyCommand | Refused]]:
    """What is in the mailbox, oldest first: commands, and what is none, with the reason.

    Raises:
        OSError: the mailbox or a command cannot be read, for a reason that is not the command's.
    """
    paths = [folder / name for _, name in _numbered(folder)]
    return [(path, found) for path in paths if (found := _read(path)) is not None]


class Mailbox:
    """The worker's end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._looked = 0.0
        self._done: set[Path] = set()  # what could not be removed, and is not looked at again
        self._refusals = 0

    def take(self) -> Iterator[AnyCommand | Refused]:
        """Commands since the last look, oldest first; looks at most every `LOOK_EVERY` seconds.

        A command stays in the mailbox until the next one is asked for: by then its effect is on
        disk. What is no command is reported once, and removed where it can be.
        """
        now = time.monotonic()
        if now - self._looked < LOOK_EVERY:
            return
        self._looked = now
        for path, found in pending(self._folder):
            if path in self._done:
                continue
            refused = isinstance(found, Refused)
            self._refusals += refused
            if not refused or self._refusals <= MOST_REFUSALS:
                yield found
            try:
                path.unlink(missing_ok=True)
            except OSError:
                self._done.add(path)


def _numbered(folder: Path) -> list[tuple[int, str]]:
    """Names of files that could be commands, each after its number, in order."""
    matches = (_NAME.fullmatch(entry.name) for entry in os.scandir(folder))
    return sorted((int(match[1]), match[0]) for match in matches if match)


def _read(path: Path) -> AnyCommand | Refused | None:
    """What the file says; nothing if it is gone."""
    try:
        command: AnyCommand = msgspec.json.decode(files.read(path, MOST), type=AnyCommand)
        return command
    except FileNotFoundError:
        return None
    except NOT_JSON:
        reason = "it is no command"
    except OSError as error:
        if error.errno not in (None, errno.EACCES):  # a fault of the disk, which may pass
            raise
        reason = str(error.strerror)
    name = "".join(it if it.isprintable() else "?" for it in path.name)
    return Refused(file=f"{path.parent.name}/{name}", reason=reason)
