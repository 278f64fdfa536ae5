"""A user's file of short texts: a line each, with a tab and a label after the text."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tui_dl.data.readers.plain_text import normal, read_plain_text
from tui_dl.support.errors import UserError


class LabelledLines(NamedTuple):
    """The texts of a file and their labels, in the file's order.

    Attributes:
        texts: in one normal form, without blanks at their ends; none is empty.
        labels: likewise.
        fingerprint: SHA-256 of the file, in hexadecimal.
        size: bytes of the file, unpacked.
        notes: what was found out, a plain line each.
    """

    texts: list[str]
    labels: list[str]
    fingerprint: str
    size: int
    notes: tuple[str, ...]


def read_labelled_lines(path: Path, longest: int) -> LabelledLines:
    """Read a file; empty lines are left out.

    Raises:
        UserError: it cannot be read as a text, or a line has no tab, no text, no label, or a text
            of more than `longest` characters; the message names the line.
    """
    file = read_plain_text(path)
    texts, labels = [], []
    for number, line in enumerate(file.text.split("\n"), start=1):
        if not line.strip():
            continue
        before, _, after = line.rpartition("\t")
        text, label = normal(before).strip(), normal(after).strip()
        if not text or not label:
            what = "no tab" if "\t" not in line else "no text" if not text else "no label"
            raise UserError(
                f"{path}, line {number:,}: {what}: write a text, a tab and its label in each line"
            )
        if len(text) > longest:
            raise UserError(
                f"{path}, line {number:,}: {len(text):,} characters: at most {longest} are "
                "allowed: shorten it"
            )
        texts.append(text)
        labels.append(label)
    return LabelledLines(texts, labels, file.fingerprint, file.size, file.notes)
