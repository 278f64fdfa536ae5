"""The lock of a worker: an flock on ``worker.lock``, which the kernel releases with the process.

It holds another one on the run's folder, where the file system has that: ``worker.lock`` may be
deleted meanwhile, and still there are never two workers.
"""

from __future__ import annotations

import errno
import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

from tui_dl.runs.files import named, open_file
from tui_dl.runs.folder import ELSEWHERE
from tui_dl.support.errors import UserError

PATIENCE = 0.2  # seconds: who looks whether a lock is held has it for microseconds
FOLDER = os.O_RDONLY | os.O_DIRECTORY
UNSUPPORTED = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EBADF)


class TakenError(UserError):
    """Another worker holds the run, and we must not touch it."""


def hold(path: Path) -> int:
    """Lock `path` and return the open handle; a process that inherits it keeps the lock.

    Raises:
        BlockingIOError: another worker holds it.
        UserError: the file system has no locks.
    """
    handle = _take(path)
    if _is_locked(path.parent, FOLDER):
        os.close(handle)
        raise BlockingIOError(errno.EWOULDBLOCK, "a worker holds the folder", str(path.parent))
    return handle


def is_held(path: Path) -> bool:
    """Whether a living process holds the lock."""
    return _is_locked(path) or _is_locked(path.parent, FOLDER)


def obstacle(path: Path) -> str | None:
    """Why it cannot be found out whether `path` is held, if it cannot."""
    try:
        os.close(_open_locked(path, os.O_RDONLY, fcntl.LOCK_SH))
    except OSError as error:
        return _refusal(path, error)
    return None


class Keeper:
    """A worker's hold on its run, from the lock it was given to its end."""

    def __init__(self, path: Path, handle: int) -> None:
        """Hold the folder of `path` too, which is locked already by `handle`.

        Raises:
            TakenError: another worker holds the folder.
        """
        self._path, self._handles = path, [handle]
        try:
            self._handles.append(_patiently(path.parent, FOLDER))
        except BlockingIOError:
            raise self._taken() from None
        except OSError:  # not every file system locks folders
            pass

    def look_after(self) -> None:
        """Lock the file anew where another one, or none, is in its place.

        Raises:
            TakenError: another worker holds that.
        """
        with suppress(FileNotFoundError):
            if os.path.samestat(self._path.stat(), os.fstat(self._handles[0])):
                return
        try:
            handle = _take(self._path)
        except BlockingIOError:
            raise self._taken() from None
        os.close(self._handles[0])
        self._handles[0] = handle

    def _taken(self) -> TakenError:
        return TakenError(f"{self._path.parent}: another worker trains this run")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for handle in self._handles:
            os.close(handle)


def _take(path: Path) -> int:
    try:
        return _patiently(path, os.O_RDWR | os.O_CREAT)
    except OSError as error:
        if says := _refusal(path, error):
            raise UserError(f"{says}: {ELSEWHERE}") from None
        raise


def _refusal(path: Path, error: OSError) -> str | None:
    """What `error` says of the file system, if it is that which refuses."""
    if error.errno not in UNSUPPORTED:
        return None
    return f"{path}: locks do not work on this file system: {error.strerror}"


def _patiently(path: Path, flags: int) -> int:
    """The handle on `path`, locked exclusively, even while another process tests the lock."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return _open_locked(path, flags, fcntl.LOCK_EX)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise
        time.sleep(PATIENCE / 20)


def _is_locked(path: Path, flags: int = os.O_RDONLY) -> bool:
    try:
        os.close(_open_locked(path, flags, fcntl.LOCK_SH))
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _open_locked(path: Path, flags: int, how: int) -> int:
    handle = os.open(path, flags) if flags & os.O_DIRECTORY else open_file(path, flags)
    try:
        with named(path):
            fcntl.flock(handle, how | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle
