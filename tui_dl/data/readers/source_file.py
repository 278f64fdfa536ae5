"""The bytes of a user's file: unpacked from gzip, refused where they cannot be a table or text."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import re
import stat
import zlib
from pathlib import Path
from typing import NamedTuple

from tui_dl.support.errors import UserError
from tui_dl.support.formatting import gigabytes
from tui_dl.support.machine_memory import available
from tui_dl.support.os_errors import fault

MEMORY = 6  # bytes of memory for each byte of text, at the most: text, cells and columns
CHUNK = 1 << 24  # bytes unpacked at a time

UNPACK = "unpack it and give the table in it"
EXPORT = "save the table in it as CSV"
NOT_TABLES = (  # first bytes, what they begin, and what to do
    (b"PK\x03\x04", "a zip archive or an Excel workbook", "unpack it or save it as CSV"),
    (b"PK\x05\x06", "an empty zip archive", "give a table"),
    (b"\x1f\x8b", "packed with gzip twice", "unpack it once"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook", EXPORT),
    (b"PAR1", "a Parquet file", EXPORT),
    (b"ARROW1", "an Arrow file", EXPORT),
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file", EXPORT),
    (b"SQLite format 3\0", "an SQLite database", EXPORT),
    (b"\x93NUMPY", "an array of NumPy", EXPORT),
    (b"BZh", "compressed with bzip2", UNPACK),
    (b"\xfd7zXZ\0", "compressed with xz", UNPACK),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (b"Rar!", "a rar archive", UNPACK),
    (b"%PDF-", "a PDF document", EXPORT),
    (b"\x89PNG", "a picture", "give a table"),
    (b"\xff\xd8\xff", "a picture", "give a table"),
    (b"\x80\x04\x95", "a Python pickle, which is never opened", EXPORT),
)
MARKUP = {  # how text begins that is no table, in lower case
    b"<!doctype html": "an HTML page", b"<html": "an HTML page", b"<?xml": "an XML document",
    b"<table": "an HTML page", b"@relation": "an ARFF file",
}  # fmt: skip
COMMENTS = re.compile(rb"^%.*\n", re.MULTILINE)  # of ARFF files
LOOKED_AT = 10_000  # bytes, most of which may be comments
GZIP = b"\x1f\x8b"
TAR = (257, b"ustar")  # place and value of the mark in a tar archive


class Wanted(NamedTuple):
    """What a file is to be, for messages.

    Attributes:
        name: in a word or two.
        empty: what to give in place of an empty file.
        other: what to do with a file of another kind; empty where that depends on the kind.
    """

    name: str
    empty: str
    other: str = ""


TABLE = Wanted("a table", "a table with a header and rows")
TEXT = Wanted("a text", "a text", "save it as plain text")


class SourceFile(NamedTuple):
    """The unpacked bytes of a file, its bytes as they are on disk, and what was found."""

    data: bytes
    packed: bytes
    notes: list[str]

    def fingerprint(self) -> str:
        """The SHA-256 of the bytes on disk."""
        return hashlib.sha256(self.packed).hexdigest()


def read_source_file(path: Path, wanted: Wanted = TABLE) -> SourceFile:
    """Read a file whole; messages say what is `wanted`.

    Raises:
        UserError: it is missing, unreadable, no file, empty, an archive, or too large for memory.
    """
    packed, _ = _read(path)
    if packed.startswith(GZIP):
        data, notes = _unpacked(path, packed), ["compressed with gzip"]
    else:
        data, notes = packed, []
    _check_content(path, data, wanted)
    return SourceFile(data, packed, notes)


def read_start(path: Path, most: int) -> tuple[bytes, int]:
    """At most so many first bytes of a table, or of a gzip file; and how many there are in all.

    Raises:
        UserError: as in `read_source_file`.
    """
    start, size = _read(path, most)
    if not start.startswith(GZIP):
        _check_content(path, start, TABLE)
    return start, size


def _read(path: Path, most: int = -1) -> tuple[bytes, int]:
    """The first bytes of a file that fits into memory, all by default; and its size."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UserError(_no_file(path, status.st_mode))
        _check_memory(path, status.st_size)
        with path.open("rb") as file:
            return file.read(most), status.st_size
    except OSError as error:
        raise UserError(fault(error)) from None
    except ValueError:  # a NUL byte in the path
        raise UserError(f"{path}: no file can have this name") from None


def _no_file(path: Path, mode: int) -> str:
    """Why something that is not a regular file cannot be read."""
    if stat.S_ISDIR(mode):
        return f"{path} is a folder: give a file in it"
    return f"{path} is a device or a pipe: give a file"


def _check_memory(path: Path, size: int) -> None:
    """Raise UserError if `size` bytes of text are too many for the free memory."""
    need, free = size * MEMORY, available()
    if not free.holds(need, 0):
        raise UserError(
            f"{path}: reading it needs {gigabytes(need)} of memory and {gigabytes(free.bytes)} are "
            "free: give a part of its rows"
        )


def _unpacked(path: Path, packed: bytes) -> bytes:
    """The content of a gzip file; memory is checked while it grows."""
    parts: list[bytes] = []
    size = 0
    try:
        with gzip.open(io.BytesIO(packed)) as file:
            while part := file.read(CHUNK):
                parts.append(part)
                size += len(part)
                _check_memory(path, size)
    except (OSError, EOFError, zlib.error) as error:
        raise UserError(
            f"{path}: damaged after {size:,} unpacked bytes ({error}): get the file again"
        ) from None
    return b"".join(parts)


def _check_content(path: Path, data: bytes, wanted: Wanted) -> None:
    """Raise UserError if `data` is empty or begins like something other than a text file."""
    if not data or data.removeprefix(codecs.BOM_UTF8).isspace():
        raise UserError(f"{path} is empty: give {wanted.empty}")
    place, mark = TAR
    if data[place : place + len(mark)] == mark:
        raise UserError(f"{path} is a tar archive, not {wanted.name}: {wanted.other or UNPACK}")
    for start, what, cure in NOT_TABLES:
        if data.startswith(start):
            raise UserError(f"{path} is {what}, not {wanted.name}: {wanted.other or cure}")
    start_lines = COMMENTS.sub(b"", data[:LOOKED_AT].removeprefix(codecs.BOM_UTF8))
    beginning = start_lines.lstrip().lower()
    for start, what in MARKUP.items():
        if beginning.startswith(start):
            raise UserError(f"{path} is {what}, not {wanted.name}: {wanted.other or EXPORT}")
