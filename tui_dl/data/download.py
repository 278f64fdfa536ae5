"""Downloads a file: resumed, compared with its checksum, and put in place whole or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from tui_dl.data.known_files import KnownFile
from tui_dl.data.transfer import Report, TransferError, transfer
from tui_dl.support.private_files import make_folder, opener

TIMEOUT = 30.0  # seconds without a byte, after which the next address is tried
TRANSFERS = 50  # from one address, each of which brought something
CHUNK = 1 << 20  # bytes that are hashed at a time


class DownloadError(Exception):
    """Why a file could not be had, in one line; the part that is there is kept."""


def download(
    file: KnownFile, folder: Path, report: Report = lambda at: None, timeout: float = TIMEOUT
) -> None:
    """Put a file into `folder`, from the first of its addresses that has it.

    It is received beside its place, in a part that stays where the download is interrupted, and is
    moved there once its checksum is right and it is flushed to disk. What has another checksum is
    thrown away. A file that is there already is left alone.

    Args:
        file: what is wanted.
        folder: made if it is missing.
        report: called with the number of bytes that are there, after every few.
        timeout: seconds without a byte after which the next address is tried.

    Raises:
        DownloadError: no address gives it, or another process downloads it.
        OSError: it cannot be written.
    """
    make_folder(folder)
    path, part = folder / file.name, part_of(file, folder)
    with _locked(folder / f".{file.name}.lock", file):
        if path.exists():
            return
        with open(part, "ab+", opener=opener) as stream:
            _receive(file, stream, report, timeout)
            os.fsync(stream.fileno())
        part.replace(path)
        _sync(folder)


def write_whole(path: Path, text: str) -> None:
    """Make `path` hold a text, beside it first, then renamed; raises OSError."""
    part = path.with_name(f".{path.name}.part")
    with open(part, "w", encoding="utf-8", opener=opener) as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
    _sync(path.parent)


def part_of(file: KnownFile, folder: Path) -> Path:
    """Where a file is received."""
    return folder / f".{file.name}.part"


def _receive(file: KnownFile, part: BinaryIO, report: Report, timeout: float) -> None:
    """Complete a part from one address after the other."""
    reasons = []
    for address in file.addresses:
        reason = _receive_from(address, file, part, report, timeout)
        if not reason:
            return
        reasons.append(f"{urlsplit(address).netloc} {reason}")
    raise DownloadError(f"{file.name}: no address gives it: {'; '.join(reasons)}")


def _receive_from(
    address: str, file: KnownFile, part: BinaryIO, report: Report, timeout: float
) -> str:
    """Complete a part from an address, as long as that brings something; returns why not."""
    reason = ""
    for _ in range(TRANSFERS):
        before = part.seek(0, 2)
        if before < file.size:
            try:
                transfer(address, part, file.size, timeout, report)
            except TransferError as error:
                reason = str(error)
        part.flush()
        now = part.seek(0, 2)
        if now == file.size and _sha256(part) == file.sha256:
            return ""
        if now >= file.size:
            part.truncate(0)
            reason = "serves another file: its checksum is wrong"
            now = 0
        if now <= before and not (before and now == 0):  # a part is begun anew once
            break
    return reason or "gives nothing"


def _sha256(part: BinaryIO) -> str:
    """The checksum of what was received."""
    part.seek(0)
    digest = hashlib.sha256()
    while chunk := part.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def _locked(path: Path, file: KnownFile) -> Iterator[None]:
    """Context in which no other process downloads the file."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise DownloadError(f"{file.name}: another process is downloading it") from None
    finally:
        os.close(handle)


def _sync(folder: Path) -> None:
    """Flush the names in a folder to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
