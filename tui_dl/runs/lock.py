"""Is the worker alive? It holds an flock on ``worker.lock``, which the kernel frees with it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from tui_dl.runs.files import named, open_file


def hold(path: Path) -> int:
    """Lock `path` and return the open handle; whoever inherits the handle keeps the lock.

    Raises:
        BlockingIOError: another worker holds it.
    """
    handle = open_file(path, os.O_RDWR | os.O_CREAT)
    try:
        with named(path):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def is_held(path: Path) -> bool:
    """Whether a living process holds the lock."""
    try:
        handle = open_file(path)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # no lock to be had here
        return False
    else:
        return False
    finally:
        os.close(handle)
