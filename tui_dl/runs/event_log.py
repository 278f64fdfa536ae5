"""Appending to and following ``events.jsonl``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, get_args

import msgspec

from tui_dl.protocol.events import AnyEvent, Event, Platform, Started
from tui_dl.protocol.migrations import migrate_event
from tui_dl.runs.atomic import Log
from tui_dl.runs.files import CHUNK, open_status, tail
from tui_dl.spec.format import FORMAT
from tui_dl.support.json_text import NOT_JSON, encode

AT_ONCE = 1 << 18  # bytes that are read at once: within the processor's cache
LONGEST = 16 * CHUNK  # bytes of a line, far more than any event has
LAST_WORD = "tui-dl: "  # begins a line of a worker's log: why it could write no event
MOST_DAMAGES = 1000  # lines, after which the rest is not read
KINDS = {kind.__name__ for kind in get_args(AnyEvent)}


class EventLog(Log):
    """Appends events, after whole lines: what a fault has left of one is a line of its own."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        if self.size and tail(path, 1) != b"\n":
            self.write(b"\n")

    def append(self, event: Event) -> None:
        """Add one line."""
        self.write(encode(event) + b"\n")


class Follower:
    """Reads the events that were appended since the last look.

    Attributes:
        files: how many there were under that name; a run that is resumed gets another one, from
            the start of which everything comes anew.
        damaged: the numbers of the lines that are not JSON, or not what their event has to be; an
            event not known is no damage.
        fault: why the file cannot be read just now; nothing if it can, or its folder is gone.
        share: of the log, which the last look has read.
        newer: the format, where it is newer than this version reads, and the version of tui-dl that
            wrote it, empty where that is unknown; nothing is read from there on.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self._file: int | None = None  # its number in the file system
        self.files = 0
        self.damaged: list[int] = []
        self.fault = ""
        self.share = 1.0
        self.newer: tuple[int, str] | None = None
        self._format = 0
        self._lines = self._damages = 0

    def poll(self) -> list[AnyEvent]:
        """New events, oldest first. A torn last line is "not yet"; a damaged one is passed over.

        What is no log of events, by its lines, is not read on.
        """
        self.fault = ""
        events: list[AnyEvent] = []
        try:
            handle, status = open_status(self._path)
        except FileNotFoundError as error:
            self.fault = str(error.strerror) if self._path.parent.exists() else ""
            return events
        except OSError as error:
            self.fault = str(error.strerror)
            return events
        try:
            if status.st_ino != self._file or status.st_size < self._offset:
                self._file, self._offset = status.st_ino, 0
                self.files += 1
                self._lines, self._damages, self.damaged = 0, 0, []
                self._format, self.newer = 0, None
            for lines in self._whole_lines(handle, status.st_size):
                for part in _by_session(lines):
                    events += self._decode_together(part) or self._decode_each(part)
        except OSError as error:
            self.fault = str(error.strerror)
        finally:
            os.close(handle)
        return events

    def _whole_lines(self, handle: int, end: int) -> Iterator[bytes]:
        """Lines that are new, many at once, of the first `end` bytes."""
        rest = b""
        while not self.newer and self._damages < MOST_DAMAGES and self._offset + len(rest) < end:
            place = self._offset + len(rest)
            new = os.pread(handle, min(AT_ONCE, end - place), place)
            text = rest + new
            size = text.rfind(b"\n") + 1
            self._offset += size
            rest = text[size:]
            yield text[:size]
            if len(rest) > LONGEST:
                self._lines += 1
                self._note_damage(MOST_DAMAGES)
            if not new:
                break

    def _decode_together(self, lines: bytes) -> list[AnyEvent]:
        """The events of whole lines at once, which takes a third of the time.

        There are none where a line is damaged or not known, or the format is another one.
        """
        if self._format != FORMAT or lines.startswith(_STARTED):
            return []
        try:
            events = _DECODER.decode_lines(lines)
        except NOT_JSON:
            return []
        if not len(events) == lines.count(b"\n") == lines.count(b"}\n"):
            return []  # there are blank lines, or others than one event each
        self._lines += len(events)
        return events

    def _decode_each(self, lines: bytes) -> Iterator[AnyEvent]:
        """The events of whole lines one by one; up to a format that is newer."""
        for line in lines.split(b"\n")[:-1]:
            if self.newer:
                break
            if (event := self._decode(line)) is not None:
                yield event

    def _decode(self, line: bytes) -> AnyEvent | None:
        self._lines += 1
        try:
            if self._format == FORMAT and not line.startswith(_STARTED):
                return _DECODER.decode(line)
            return self._decode_any(line)
        except msgspec.ValidationError:
            if _is_known(line):
                self._note_damage()
        except NOT_JSON:
            self._note_damage()
        return None

    def _decode_any(self, line: bytes) -> AnyEvent | None:
        """An event of any format; that of the events after it is the one that `Started` says."""
        event = _TABLE.decode(line)
        if event.get("event") == Started.__name__:
            head = _HEAD.decode(line)
            self._format = head.format
            if head.format > FORMAT:
                self.newer = head.format, head.platform.versions.get("tui-dl", "")
                return None
        if self._format == FORMAT:
            return _DECODER.decode(line)
        migrate_event(event, self._format)
        return _DECODER.decode(msgspec.json.encode(event))

    def _note_damage(self, weight: int = 1) -> None:
        self.damaged.append(self._lines)
        self._damages += weight


_STARTED = b'{"event":"Started"'


class _Head(msgspec.Struct):
    """What a Started event of any format says of itself."""

    format: Annotated[int, msgspec.Meta(ge=0)] = 0
    platform: Platform = Platform()


# Made once: a decoder of all events takes a millisecond to build.
_DECODER: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)
_TABLE: msgspec.json.Decoder[dict[str, Any]] = msgspec.json.Decoder(dict[str, Any])
_HEAD = msgspec.json.Decoder(_Head)


def _by_session(lines: bytes) -> Iterator[bytes]:
    """The same lines; each that begins a session is a part of its own."""
    end = begin = 0
    while (begin := lines.find(_STARTED, begin)) >= 0:
        if not begin or lines.startswith(b"\n", begin - 1):
            yield lines[end:begin]
            end = lines.find(b"\n", begin) + 1
            yield lines[begin:end]
        begin += 1
    yield lines[end:]


class Skimmer(Follower):
    """Reads the lines that begin a session only, for a long log takes long.

    Its `newer` and `fault` are those of a follower that reads all lines.
    """

    def _whole_lines(self, handle: int, end: int) -> Iterator[bytes]:
        for lines in super()._whole_lines(handle, end):
            first = lines.find(b"\n") + 1  # of the log it is read in whatever form it is written
            yield lines[:first]
            yield from (it for it in _by_session(lines[first:]) if it.startswith(_STARTED))


def last_started(path: Path) -> Started | None:
    """The newest Started event of the log at `path`, if there is one that can be read."""
    events = Follower(path).poll()
    return next((it for it in reversed(events) if isinstance(it, Started)), None)


class _Tag(msgspec.Struct):
    event: str


def _is_known(line: bytes) -> bool:
    """Whether the line is of an event that there is, so that it should be one."""
    try:
        return msgspec.json.decode(line, type=_Tag).event in KINDS
    except NOT_JSON:
        return False
