"""A scan of a file's bytes, made beside other work: their SHA-256, and whether they are text."""

from __future__ import annotations

import codecs
import hashlib
import os
from pathlib import Path
from threading import Thread

from tui_dl.data.readers.dialect import LEAST_LINES

CHUNK = 1 << 18  # bytes read at a time: they stay in the processor's cache, and in one place


def is_plain_start(start: bytes) -> bool:
    """Whether a file begins as delimited text in UTF-8: no JSON, no blank line, no NUL byte.

    Some lines must be whole, for the layout is found by them.
    """
    if (
        start.count(b"\n") < LEAST_LINES
        or start.startswith((b"\r", b"\n", codecs.BOM_UTF8))
        or start.lstrip()[:1] in b"[{"
    ):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)  # the last character may be cut
    except UnicodeDecodeError:
        return False
    return b"\0" not in start


class Scan(Thread):
    """Reads a file from start to end once it is started; done when it is joined.

    Attributes:
        fingerprint: the SHA-256 of the bytes.
        quotes: how many bytes are the quote character.
        is_text: whether all bytes are UTF-8 without NUL, and the file did not change meanwhile.
    """

    fingerprint, quotes, is_text = "", 0, False

    def __init__(self, path: Path, quote: bytes) -> None:
        super().__init__()
        self._path, self._quote = path, quote

    def run(self) -> None:
        """Read the file; `is_text` stays False where that fails."""
        digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
        try:
            with self._path.open("rb", buffering=0) as file:
                before = os.fstat(file.fileno())
                while part := file.read(CHUNK):
                    digest.update(part)
                    if self._quote in part:  # to find is much faster than to count
                        self.quotes += part.count(self._quote)
                    if b"\0" in part:
                        return
                    if not part.isascii() or decoder.getstate()[0]:
                        decoder.decode(part)
                after = self._path.stat()
            decoder.decode(b"", final=True)
        except (OSError, UnicodeDecodeError):
            return
        self.fingerprint = digest.hexdigest()
        self.is_text = all(
            getattr(after, it) == getattr(before, it) for it in ("st_ino", "st_size", "st_mtime_ns")
        )
