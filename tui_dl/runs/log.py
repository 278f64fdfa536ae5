"""Appending to and following ``events.jsonl``."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from tui_dl.events import AnyEvent, Event
from tui_dl.json_text import encode
from tui_dl.runs.atomic import Log


class EventLog(Log):
    """Appends events."""

    def append(self, event: Event) -> None:
        """Add one line."""
        self.write(encode(event) + b"\n")


class Follower:
    """Reads the events that were appended since the last look.

    Attributes:
        files: how many there were under that name; a run that is resumed gets another one, from
            the start of which everything comes anew.
        damaged: which line is the first that is not JSON; an event not known is no damage.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self._file: int | None = None  # its number in the file system
        self.files = 0
        self.damaged: int | None = None
        self._lines = 0
        self._decoder: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)

    def poll(self) -> list[AnyEvent]:
        """New events, oldest first. A torn last line is "not yet"; a damaged one is passed over."""
        try:
            with self._path.open("rb") as file:
                status = os.fstat(file.fileno())
                if status.st_ino != self._file or status.st_size < self._offset:
                    self._file, self._offset = status.st_ino, 0
                    self.files += 1
                    self._lines, self.damaged = 0, None
                file.seek(self._offset)
                new = file.read()
        except FileNotFoundError:
            return []
        whole = new[: new.rfind(b"\n") + 1]
        self._offset += len(whole)
        return [event for line in whole.splitlines() if (event := self._decode(line)) is not None]

    def _decode(self, line: bytes) -> AnyEvent | None:
        self._lines += 1
        try:
            return self._decoder.decode(line)
        except msgspec.ValidationError:
            return None
        except (msgspec.DecodeError, UnicodeDecodeError):
            self.damaged = self.damaged or self._lines
            return None
