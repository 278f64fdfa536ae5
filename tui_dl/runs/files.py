"""Opening the files of a run folder, any of which may have been replaced by something else.

Nothing here waits for a pipe, follows a link, or reads more than it was allowed to. Every OSError
has the name of the file.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHUNK = 1 << 20  # bytes that are worked on at once
_NEVER_WAIT = os.O_NONBLOCK | os.O_NOFOLLOW | os.O_NOCTTY
_NO_FILE = (errno.ELOOP, errno.ENXIO, errno.EISDIR)
AT_ONCE = 1 << 30  # bytes that every system reads in one call


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Give an OSError that names no file, as those of reading and writing, the name of `path`."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def kind(mode: int) -> str:
    """What something is that is no file, by its mode."""
    names = {
        stat.S_IFREG: "a file",
        stat.S_IFDIR: "a folder",
        stat.S_IFLNK: "a link",
        stat.S_IFIFO: "a pipe",
        stat.S_IFSOCK: "a socket",
    }
    return names.get(stat.S_IFMT(mode), "a device")


def present(path: Path) -> bool:
    """Whether there is anything at `path`.

    Raises:
        OSError: that cannot be found out.
    """
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    return True


def open_file(path: Path, flags: int = os.O_RDONLY) -> int:
    """A handle on the file `path`, at once.

    Raises:
        OSError: it cannot be opened, or is no file.
    """
    return open_status(path, flags)[0]


def open_status(path: Path, flags: int = os.O_RDONLY) -> tuple[int, os.stat_result]:
    """What `open_file` returns, and the file's status, which is known by then."""
    try:
        handle = os.open(path, flags | _NEVER_WAIT, 0o600)
    except OSError as error:
        if error.errno in _NO_FILE:  # a link, a pipe without reader, a socket, a folder
            _need_file(path, path.lstat())
        raise
    try:
        status = os.fstat(handle)
        _need_file(path, status)
    except BaseException as error:
        os.close(handle)
        if isinstance(error, OSError):
            error.filename = str(path)
        raise
    return handle, status


def read(path: Path, most: int) -> bytes:
    """All of the file `path`.

    Raises:
        OSError: it cannot be read, is no file, or has more than `most` bytes.
    """
    handle = open_file(path)
    try:
        with named(path):
            content = read_at(handle, 0, most + 1)
            if len(content) > most:
                raise OSError(None, f"it has more than {most:,} bytes")
    finally:
        os.close(handle)
    return content


def tail(path: Path, most: int) -> bytes:
    """The last `most` bytes of the file `path`, or all there are; raises OSError as `read` does."""
    handle = open_file(path)
    try:
        with named(path):
            return read_at(handle, max(os.fstat(handle).st_size - most, 0), most)
    finally:
        os.close(handle)


def read_at(handle: int, start: int, most: int) -> bytes:
    """Up to `most` bytes from `start` on, fewer only where the file ends."""
    parts: list[bytes] = []
    while most and (part := os.pread(handle, min(most, AT_ONCE), start)):
        parts.append(part)
        start, most = start + len(part), most - len(part)
    return b"".join(parts)


def _need_file(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise OSError(None, f"it is {kind(status.st_mode)}, not a file", str(path))
