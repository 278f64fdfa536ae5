"""Replaces characters that are unsafe or invisible on a terminal.

A terminal executes control characters, bidirectional ones reorder the text around them, and others
are invisible. All output of the program is replaced here: on the command line in the two streams
that `guarded` installs, in the dashboard by `tui_dl.ui.plain_text`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO
from unicodedata import category

UNFIT = "\ufffd"  # replaces one character; visible, one cell wide
BREAKS = "\n\r\t"
# Printable for Unicode and Python. Terminals do not agree how wide the last one makes a sign.
LETTERS_UNSEEN = "\u034f\u115f\u1160\u3164\uffa0\ufe0f"
_UNSEEN = re.compile(f"[{LETTERS_UNSEEN}]")


def printable(text: str, keep: str = "") -> str:
    """`text` of the same length for one line of a terminal; characters in `keep` stay.

    Line breaks and tabs become blanks. Controls (C0, C1, DEL), bidirectional and zero-width
    characters, lone surrogates (bytes of file names that are not UTF-8) and unassigned characters
    become `UNFIT`. Letters of all scripts, their marks and blanks stay.
    """
    line = text
    for character in keep:
        line = line.replace(character, "")
    if line.isprintable() and not _UNSEEN.search(text):
        return text
    return "".join(it if it in keep else _fit(it) for it in text)


def is_printable(text: str) -> bool:
    """Whether a terminal would show `text` as it is."""
    return printable(text) == text


def _fit(character: str) -> str:
    """`character`, or what replaces it."""
    if character in BREAKS:
        return " "
    shown = character.isprintable() and character not in LETTERS_UNSEEN
    return character if shown or category(character) == "Zs" else UNFIT


class Guarded:
    """A text stream that replaces all control characters except line breaks and tabs."""

    def __init__(self, stream: TextIO) -> None:
        self.unguarded = stream  # for the program's own control sequences, such as colours

    def write(self, text: str) -> int:
        """Write `text` with unsafe characters replaced."""
        return self.unguarded.write(printable(text, keep="\n\t"))

    def writelines(self, lines: Iterable[str]) -> None:
        """Write `lines` with unsafe characters replaced."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.unguarded, name)


@contextmanager
def guarded() -> Iterator[None]:
    """Context in which standard output and error replace unsafe characters."""
    kept = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (stream and Guarded(stream) for stream in kept)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = kept
