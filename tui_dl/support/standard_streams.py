"""Opens standard streams that were closed when the process started."""

from __future__ import annotations

import os
import sys
from typing import TextIO, cast


def open_closed() -> None:
    """Open /dev/null for every standard stream that is closed.

    Otherwise the next files opened, such as a lock or a log, would get the handles 0 to 2: prints
    would write into them, and processes started here would close them.
    """
    while (handle := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(handle, True)
    os.close(handle)
    # Python sets a stream that was closed to None.
    sys.stdin = sys.stdin or _stream(0, "r")
    sys.stdout = sys.stdout or _stream(1, "w")
    sys.stderr = sys.stderr or _stream(2, "w")


def _stream(handle: int, mode: str) -> TextIO:
    return cast(TextIO, open(handle, mode, encoding="utf-8", closefd=False))
