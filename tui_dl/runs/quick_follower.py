"""Follows a long event log: the first look reads an evenly spread sample, the second all of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tui_dl.runs.event_log import Follower

LONG = 1 << 21  # bytes, about 8,000 epochs, from which on a part comes first
ENDS = 1 << 16  # bytes at both ends: how the run began, and how it stands
PARTS, PART = 200, 1 << 11  # places in between, and bytes of a few lines there


class QuickFollower(Follower):
    """Of a long log, the first look gives a part, evenly spread; the second gives all of it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._looked = False

    def _whole_lines(self, handle: int, end: int) -> Iterator[bytes]:
        is_first, self._looked, self.share = not self._looked, True, 1.0
        if not is_first or end <= LONG:
            yield from super()._whole_lines(handle, end)
            return
        self.share = (2 * ENDS + PARTS * PART) / end
        between = range(ENDS, end - ENDS - PART, (end - 2 * ENDS) // PARTS)
        for place, size in ((0, ENDS), *((it, PART) for it in between), (end - ENDS, ENDS)):
            text = os.pread(handle, size, place)
            begin = text.find(b"\n") + 1 if place else 0  # where a line begins
            yield text[begin : text.rfind(b"\n") + 1]
        self._file = None  # the next look begins anew, as in another file
