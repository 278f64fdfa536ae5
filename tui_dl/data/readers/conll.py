"""Files in CoNLL's columns: a word a line with its tag, and a blank line between sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tui_dl.data.readers.plain_text import read_plain_text
from tui_dl.support.errors import UserError

DOCUMENT = "-DOCSTART-"
WANTED = "a line needs a word and its tag, with blanks or a tab between them"
# Schemes that also mark ends and single words, in letters of BIO.
AS_BIO = {"S": "B", "U": "B", "E": "I", "L": "I", "M": "I"}


class Sentence(NamedTuple):
    """Words, and a tag for each."""

    words: tuple[str, ...]
    tags: tuple[str, ...]


class TaggedFile(NamedTuple):
    """The sentences of a file.

    Attributes:
        fingerprint: SHA-256 of the file, in hexadecimal.
        size: bytes of the file, unpacked.
        notes: what was found out, a plain line each.
    """

    sentences: list[Sentence]
    fingerprint: str
    size: int
    notes: tuple[str, ...]


def read_conll(path: Path, token_column: int, tag_column: int | None) -> TaggedFile:
    """Read a file whole, packed with gzip or not.

    Columns are counted from 1. The tags are in the last one where `tag_column` is None; with tabs
    between them, lines may have different numbers of columns. Lines that
    begin with ``-DOCSTART-`` are skipped, and so are lines before a sentence that begin with ``#``.
    Tags that mark the ends of spans too (BIOES, BILOU) are written as BIO.

    Raises:
        UserError: it cannot be read as text, a line has too few columns or, with blanks between
            them, another number than the lines before, or there is no sentence.
    """
    file = read_plain_text(path)
    sentences: list[Sentence] = []
    words: list[str] = []
    tags: list[str] = []
    columns = token_column - 1, tag_column - 1 if tag_column else -1
    for cells in _rows(file.text, path, columns):
        if cells:
            words.append(cells[columns[0]])
            tags.append(cells[columns[1]])
        elif words:
            sentences.append(Sentence(tuple(words), tuple(tags)))
            words, tags = [], []
    if not sentences:
        raise UserError(f"{path} has no sentence: {WANTED}")
    notes = [*file.notes]
    letters = {tag[0] for it in sentences for tag in it.tags if tag[1:2] == "-"}
    if letters & AS_BIO.keys() and letters <= AS_BIO.keys() | {"B", "I"}:
        sentences = [Sentence(it.words, tuple(map(_as_bio, it.tags))) for it in sentences]
        notes.append("tags that mark ends of spans are read as BIO")
    return TaggedFile(sentences, file.fingerprint, file.size, tuple(notes))


def _rows(text: str, path: Path, read: tuple[int, int]) -> Iterator[list[str]]:
    """The cells of each line, none of a line between sentences, and one such line at the end.

    Of the columns, those of which two places are `read` have to be filled.
    """
    columns, is_inside, least = 0, False, max(2, *(it + 1 for it in read))
    for number, line in enumerate(text.split("\n"), start=1):
        is_comment = line.startswith("#") and not is_inside
        if not line.strip() or line.startswith(DOCUMENT) or is_comment:
            is_inside = False
            yield []
            continue
        cells = [it.strip() or it for it in line.split("\t")] if "\t" in line else line.split()
        where = f"{path}, line {number:,}"
        if len(cells) < least:
            raise UserError(f"{where}: {len(cells)} of {least} columns: {WANTED}")
        if columns and len(cells) != columns and "\t" not in line:  # a blank inside a word, perhaps
            raise UserError(
                f"{where}: {len(cells)} columns, and the lines before it have {columns}: correct it"
            )
        if not all(cells[it] for it in read):
            raise UserError(f"{where}: a column is empty: {WANTED}")
        columns, is_inside = len(cells), True
        yield cells
    yield []


def _as_bio(tag: str) -> str:
    """A tag of BIOES or BILOU in BIO."""
    return AS_BIO.get(tag[0], tag[0]) + tag[1:] if tag[1:2] == "-" else tag
