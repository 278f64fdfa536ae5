"""Writing so that no reader, and no power cut, ever sees half of a file, or of what is appended."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from tui_dl.errors import UserError

CHUNK = 1 << 20


def replace(path: Path, *content: bytes | memoryview) -> None:
    """Make `path` hold `content`: written beside it, flushed, read back, renamed, folder flushed.

    Where that is in several parts, they are written one after the other.

    Raises:
        OSError: it cannot be written, or reads back as something else.
    """

    def write(file: BinaryIO) -> None:
        for part in content:
            file.write(part)

    def check(file: BinaryIO) -> bool:
        return all(
            file.read(min(CHUNK, len(part) - at)) == part[at : at + CHUNK]
            for part in content
            for at in range(0, len(part), CHUNK)
        )

    _replace(path, write, check)


class Log:
    """A file that is only ever added to."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def write(self, content: bytes) -> None:
        """Add `content` in one write, so that who is killed loses nothing before it; or nothing.

        Raises:
            OSError: there is no room for it.
        """
        size, rest = self.size, memoryview(content)
        try:
            while rest:
                rest = rest[os.write(self._handle, rest) :]
        except OSError:
            os.ftruncate(self._handle, size)
            raise

    @property
    def size(self) -> int:
        """Bytes so far."""
        return os.fstat(self._handle).st_size

    def sync(self) -> None:
        """Flush what was added to disk."""
        os.fsync(self._handle)

    def close(self) -> None:
        """Add no more."""
        os.close(self._handle)


def need(path: Path, size: int) -> bool:
    """Whether `path` has more than `size` bytes.

    Raises:
        UserError: it has fewer.
    """
    there = path.stat().st_size if path.exists() else 0
    if there < size:
        raise UserError(
            f"{path}: {size - there:,} bytes are missing, so that the run cannot go on: train its "
            "experiment.toml anew"
        )
    return there > size


def cut(path: Path, size: int) -> None:
    """Leave the first `size` bytes of `path`; raises as `need` does.

    They are copied to another file that takes its name: who has mapped the old one keeps it, and
    who follows it sees that it has become another.
    """
    if not need(path, size):
        return

    def write(file: BinaryIO) -> None:
        with path.open("rb") as old:
            for at in range(0, size, CHUNK):
                file.write(old.read(min(CHUNK, size - at)))

    _replace(path, write)


def sync_folder(folder: Path) -> None:
    """Flush the names in `folder` to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(
    path: Path,
    write: Callable[[BinaryIO], None],
    check: Callable[[BinaryIO], bool] = lambda file: True,
) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("w+b") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            if not check(file):
                raise OSError(None, "what was written reads back as something else", str(path))
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
