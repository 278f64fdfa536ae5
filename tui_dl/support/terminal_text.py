"""Text from files, names and other programs, made fit for a terminal.

A terminal obeys control characters, turns the order of what stands beside a bidirectional one, and
shows nothing for an invisible one. Everything the program prints passes through here: on the shell
in the two streams that `guarded` puts in place, in the dashboard in `tui_dl.ui.plain_text`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO
from unicodedata import category

UNFIT = "\ufffd"  # stands for one character that is not shown: visible, and one cell wide
BREAKS = "\n\r\t"
LETTERS_UNSEEN = "\u034f\u115f\u1160\u3164\uffa0"  # that Unicode, and Python, call printable
_UNSEEN = re.compile(f"[{LETTERS_UNSEEN}]")


def printable(text: str, keep: str = "") -> str:
    """`text` for one line of a terminal; as many characters, and those of `keep` as they are.

    Line breaks and tabs become blanks. Controls (C0, C1, DEL), bidirectional and zero-width
    characters, halves of surrogate pairs (bytes of file names that are no UTF-8) and what Unicode
    does not know become `UNFIT`. Printed letters of all scripts, marks on them and blanks stay.
    """
    if text.isprintable() and not _UNSEEN.search(text):
        return text
    return "".join(it if it in keep else _fit(it) for it in text)


def is_printable(text: str) -> bool:
    """Whether a terminal would show `text` as it is."""
    return printable(text) == text


def _fit(character: str) -> str:
    if character in BREAKS:
        return " "
    shown = character.isprintable() and character not in LETTERS_UNSEEN
    return character if shown or category(character) == "Zs" else UNFIT


class Guarded:
    """A text stream that lets lines and tabs through, and nothing else that a terminal obeys."""

    def __init__(self, stream: TextIO) -> None:
        self.unguarded = stream  # for what is our own, colours and all

    def write(self, text: str) -> int:
        """Write `text`, made fit."""
        return self.unguarded.write(printable(text, keep="\n\t"))

    def writelines(self, lines: Iterable[str]) -> None:
        """Write `lines`, made fit."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.unguarded, name)


@contextmanager
def guarded() -> Iterator[None]:
    """While this lasts, what is printed on standard output and error is made fit."""
    kept = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (stream and Guarded(stream) for stream in kept)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = kept
