"""Files of pairs: two texts a line with a tab between them."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from tui_dl.data.readers.encoding import to_utf8
from tui_dl.data.readers.source_file import read_source_file
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted
from tui_dl.support.terminal_text import UNFIT, printable

WANTED = "a line needs a text, a tab, and the text to write for it"


class PairsFile(NamedTuple):
    """The pairs of a file, each input once.

    Attributes:
        fingerprint: SHA-256 of the file, in hexadecimal.
        size: bytes of the file, unpacked.
        notes: what was found out, a plain line each.
    """

    pairs: list[tuple[str, str]]
    fingerprint: str
    size: int
    notes: tuple[str, ...]


def read_pairs(path: Path) -> PairsFile:
    """Read a file whole, packed with gzip or not.

    Blank lines are skipped. Of lines with the same input the first is kept, so that no input is in
    two parts of the data. Columns after the second are ignored.

    Raises:
        UserError: it cannot be read as text, a line has no tab or an empty side, or there is none.
    """
    file = read_source_file(path)
    decoded = to_utf8(file.data, str(path))
    found: dict[str, str] = {}
    repeated = wider = 0
    for number, line in enumerate(re.split(r"\r\n?|\n", decoded.data.decode()), start=1):
        if not line.strip():
            continue
        cells = [clean(it) for it in line.split("\t")]
        if len(cells) < 2:
            raise UserError(f"{path}, line {number:,}: no tab: {WANTED}")
        if not cells[0] or not cells[1]:
            side = "before" if not cells[0] else "after"
            raise UserError(f"{path}, line {number:,}: nothing {side} the tab: {WANTED}")
        wider += len(cells) > 2
        repeated += cells[0] in found
        found.setdefault(cells[0], cells[1])
    if not found:
        raise UserError(f"{path} has no pair: {WANTED}")
    notes = [*file.notes, *decoded.notes]
    if wider:
        notes.append(f"columns after the second are ignored, in {counted(wider, 'line')}")
    if repeated:
        notes.append(f"{counted(repeated, 'line')} left out, with the input of one before")
    return PairsFile(list(found.items()), file.fingerprint(), len(file.data), tuple(notes))


def clean(text: str) -> str:
    """`text` in Unicode's composed form, with single blanks and no control characters."""
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    return printable(composed).replace(UNFIT, "")
