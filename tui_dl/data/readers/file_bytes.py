"""The bytes of a user's file: read whole where they fit into memory, unpacked from gzip."""

from __future__ import annotations

import gzip
import hashlib
import io
import stat
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast

from tui_dl.support.errors import UserError
from tui_dl.support.formatting import gigabytes
from tui_dl.support.machine_memory import available
from tui_dl.support.os_errors import fault

CHUNK = 1 << 24  # bytes that are read at a time
GZIP = b"\x1f\x8b"


def read_bytes(path: Path) -> bytes:
    """The bytes of a file as they are on disk.

    Raises:
        UserError: it is missing, unreadable, no file, empty, or too large for memory.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "a device or a pipe"
            raise UserError(f"{path} is {what}: give a file")
        check_memory(path, status.st_size)
        content = path.read_bytes()
    except OSError as error:
        raise UserError(fault(error)) from None
    except ValueError:  # a NUL byte in the path
        raise UserError(f"{path}: no file can have this name") from None
    if not content:
        raise UserError(f"{path} is empty: get the file again")
    return content


def unpacked(content: bytes) -> IO[bytes]:
    """A stream of what `content` holds, packed with gzip or not."""
    stream: IO[bytes] = io.BytesIO(content)
    if content.startswith(GZIP):
        return cast(IO[bytes], gzip.open(stream))
    return stream


def read_exactly(path: Path, stream: IO[bytes], size: int) -> bytes:
    """The next `size` bytes of an unpacked file.

    Raises:
        UserError: there are fewer, the packed file is damaged, or they do not fit into memory.
    """
    check_memory(path, size)
    parts = list(_parts(path, stream, size))
    if left := size - sum(map(len, parts)):
        raise UserError(
            f"{path}: {left:,} of {size:,} bytes are missing at its end: get the file again"
        )
    return parts[0] if len(parts) == 1 else b"".join(parts)


def has_more(path: Path, stream: IO[bytes]) -> bool:
    """Whether an unpacked file goes on; at its end the checksum of a packed one is compared.

    Raises:
        UserError: the packed file is damaged.
    """
    return any(_parts(path, stream, 1))


def _parts(path: Path, stream: IO[bytes], most: int) -> Iterator[bytes]:
    """The next bytes of an unpacked file, at most so many; raises UserError for a damaged one."""
    left = most
    try:
        while left and (part := stream.read(min(left, CHUNK))):
            yield part
            left -= len(part)
    except (OSError, EOFError, zlib.error) as error:
        raise UserError(
            f"{path}: damaged after {most - left:,} unpacked bytes ({error}): get the file again"
        ) from None


def check_memory(path: Path | str, size: int) -> None:
    """Raise UserError if `size` bytes are more than the free memory."""
    free = available()
    if not free.holds(size, 0):
        raise UserError(
            f"{path}: reading it needs {gigabytes(size)} of memory and {gigabytes(free.bytes)} are "
            "free: give fewer or smaller images"
        )


def fingerprint(contents: Iterable[bytes]) -> str:
    """The SHA-256 of a file, or of the SHA-256 of several."""
    digests = [hashlib.sha256(it).digest() for it in contents]
    return (digests[0] if len(digests) == 1 else hashlib.sha256(b"".join(digests)).digest()).hex()
