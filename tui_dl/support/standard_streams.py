"""Standard input, output and error of a process that was started with some of them closed."""

from __future__ import annotations

import os
import sys
from typing import TextIO, cast


def open_closed() -> None:
    """Let /dev/null take the place of every standard stream that is closed.

    Otherwise the next files to be opened, a lock or a log, would get the handles 0 to 2, and be
    written into by whatever prints, or be closed in a process that we start.
    """
    while (handle := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(handle, True)
    os.close(handle)
    # Python has none of those that were closed when it began.
    sys.stdin = sys.stdin or _stream(0, "r")
    sys.stdout = sys.stdout or _stream(1, "w")
    sys.stderr = sys.stderr or _stream(2, "w")


def _stream(handle: int, mode: str) -> TextIO:
    return cast(TextIO, open(handle, mode, encoding="utf-8", closefd=False))
