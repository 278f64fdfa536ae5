"""Files of pairs: two texts a line with a tab between them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tui_dl.data.readers.plain_text import one_line, read_plain_text
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted

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
    file = read_plain_text(path)
    found: dict[str, str] = {}
    repeated = wider = 0
    for number, line in enumerate(file.text.split("\n"), start=1):
        if not line.strip():
            continue
        cells = [one_line(it) for it in line.split("\t")]
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
    notes = [*file.notes]
    if wider:
        notes.append(f"columns after the second are ignored, in {counted(wider, 'line')}")
    if repeated:
        notes.append(f"{counted(repeated, 'line')} left out, with the input of one before")
    return PairsFile(list(found.items()), file.fingerprint, file.size, tuple(notes))
