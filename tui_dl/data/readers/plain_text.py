"""A user's file of plain text: decoded, in one normal form, without control characters."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from tui_dl.data.readers.encoding import to_utf8
from tui_dl.data.readers.source_file import TEXT, read_source_file
from tui_dl.support.formatting import counted
from tui_dl.support.terminal_text import UNFIT, printable

BLANKS = re.compile(r"[^\S\n]+")


class PlainText(NamedTuple):
    """The text of a file.

    Attributes:
        text: all of it; lines end in a line feed.
        fingerprint: SHA-256 of the file, in hexadecimal.
        size: bytes of the file, unpacked.
        notes: what was found out, a plain line each.
    """

    text: str
    fingerprint: str
    size: int
    notes: tuple[str, ...]


def read_plain_text(path: Path) -> PlainText:
    """Read a file whole, packed with gzip or not, in UTF-8 or an encoding that can be found out.

    Raises:
        UserError: it is missing, empty, no text, or too large for memory.
    """
    file = read_source_file(path, TEXT)
    decoded = to_utf8(file.data, str(path))
    text = re.sub(r"\r\n?", "\n", decoded.data.decode())
    notes = (*file.notes, *decoded.notes)
    return PlainText(text, file.fingerprint(), len(file.data), notes)


def normal(text: str) -> str:
    """`text` in Unicode's composed form (NFC), with single blanks and no control characters."""
    composed = BLANKS.sub(" ", unicodedata.normalize("NFC", text))
    return printable(composed, keep="\n").replace(UNFIT, "")


def without_controls(text: str) -> tuple[str, tuple[str, ...]]:
    """A typed text without control and invisible characters, and that some were left out."""
    shown = printable(text, keep="\n\t")
    count = shown.count(UNFIT)
    if not count:
        return text, ()
    return shown.replace(UNFIT, ""), (
        f"{counted(count, 'control or invisible character')} left out",
    )


def one_line(text: str) -> str:
    """`normal` text in one line, without blanks at its ends."""
    return " ".join(normal(text).split())
