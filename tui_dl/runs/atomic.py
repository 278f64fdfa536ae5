"""Atomic writing: neither a reader nor a power cut sees half of a file or of an appended record.

Every OSError has the name of the file.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import accumulate, chain
from pathlib import Path

from tui_dl.runs.files import CHUNK, named, open_file, present, read_at
from tui_dl.support.errors import UserError

Bytes = bytes | memoryview

_TEMPORARY = re.compile(r"\..+\.\d+")  # .<name>.<process>


def replace(path: Path, *content: bytes | memoryview) -> None:
    """Make `path` hold `content`: written beside it, flushed, read back, renamed, folder flushed.

    Where that is in several parts, they are written one after the other.

    Raises:
        OSError: it cannot be written, or reads back as something else.
    """
    views = [memoryview(part).cast("B") for part in content]
    chunks = [view[at : at + CHUNK] for view in views for at in range(0, len(view), CHUNK)]
    _replace(path, chunks, chunks)


def write_parts(path: Path, parts: Iterable[bytes]) -> None:
    """Make `path` hold `parts`, which are made one after the other; else as `replace`.

    It is not read back, since the parts are not kept.
    """
    _replace(path, parts)


def replace_unflushed(path: Path, *content: bytes | memoryview) -> None:
    """Make `path` hold `content`, written beside it and renamed, but not flushed to disk.

    A kill leaves the old file or the new one; a power cut may leave less.

    Raises:
        OSError: it cannot be written.
    """
    _replace(path, content, flush=False)


class Log:
    """A file that is only ever added to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = open_file(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def write(self, content: bytes) -> None:
        """Add `content` in one write, so that who is killed loses nothing before it; or nothing.

        Raises:
            OSError: there is no room for it, or it cannot be written.
        """
        with named(self._path):
            size = self.size
            try:
                _write(self._handle, content)
            except OSError:
                with suppress(OSError):
                    os.ftruncate(self._handle, size)
                raise

    @property
    def size(self) -> int:
        """Bytes so far."""
        with named(self._path):
            return os.fstat(self._handle).st_size

    def sync(self) -> None:
        """Flush what was added to disk."""
        with named(self._path):
            os.fsync(self._handle)

    def close(self) -> None:
        """Add no more."""
        os.close(self._handle)


def need(path: Path, size: int) -> bool:
    """Whether `path` has more than `size` bytes.

    Raises:
        UserError: it has fewer.
        OSError: it cannot be looked at, or is no file.
    """
    there = 0
    if present(path):
        handle = open_file(path)
        with named(path):
            there = os.fstat(handle).st_size
        os.close(handle)
    if there < size:
        raise UserError(
            f"{path}: {size - there:,} bytes are missing, so that the run cannot go on: train its "
            "experiment.toml anew"
        )
    return there > size


def cut(path: Path, size: int, then: bytes = b"") -> None:
    """Leave the first `size` bytes of `path`, followed by `then`; raises as `need` does.

    They are copied to another file that takes its name: who has mapped the old one keeps it, and
    who follows it sees that it has become another.
    """
    if not need(path, size) and not then:
        return
    handle = open_file(path)
    try:
        chunks = (read_at(handle, at, min(CHUNK, size - at)) for at in range(0, size, CHUNK))
        _replace(path, chain(chunks, [then]))
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Flush the names in `folder` to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with named(folder):
            os.fsync(handle)
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Remove what writers that are gone, killed say, have left in `folder`; of others, nothing.

    Raises:
        OSError: the folder cannot be looked into.
    """
    for path in list(folder.iterdir()):
        if _TEMPORARY.fullmatch(path.name):
            with suppress(OSError):  # its writer holds a lock on it
                handle = open_file(path, os.O_RDWR)
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    path.unlink()
                finally:
                    os.close(handle)


def _write(handle: int, content: Bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _replace(
    path: Path,
    chunks: Iterable[Bytes],
    expected: Sequence[Bytes] | None = None,
    flush: bool = True,
) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if not path.is_symlink() and (path.is_char_device() or path.is_block_device()):
            raise OSError(errno.EINVAL, "it is a device: give a file")  # root could replace it
        temporary.unlink(missing_ok=True)  # of a process that had the same number
        handle = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with suppress(OSError):  # there are file systems without locks
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # against `sweep`
            for chunk in chunks:
                _write(handle, chunk)
            if flush:
                os.fsync(handle)
            if expected is not None and not _holds(handle, expected):
                raise OSError(None, "what was written reads back as something else")
            temporary.replace(path)
        finally:
            os.close(handle)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            error.filename, error.filename2 = str(path), None
        raise
    if flush:
        sync_folder(path.parent)


def _holds(handle: int, chunks: Sequence[Bytes]) -> bool:
    ends = list(accumulate(map(len, chunks), initial=0))
    return os.fstat(handle).st_size == ends[-1] and all(
        read_at(handle, at, len(chunk)) == chunk for at, chunk in zip(ends, chunks, strict=False)
    )
