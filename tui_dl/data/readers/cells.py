"""Columns of cells as they stand in a file: text, not yet numbers or dates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tui_dl.data.readers.missing import BUT_MINUS, MAYBE
from tui_dl.data.readers.table import Mask

LARGE = 1 << 30  # bytes of a column from which on offsets need 64 bits


class RawTable(msgspec.Struct, frozen=True):
    """The cells of a file.

    Attributes:
        names: one for each column, unique.
        columns: text of each column, moments, or numbers where `decimal` is known; null where a
            cell is missing.
        delimiter: the character between cells; empty for records.
        place: the place of a row in the file by its index: `"line 7"` or `"record 6"`.
        notes: what was found out, as plain lines.
        decimal: the decimal mark, if it was found before the cells were read.
        missing: cells that stand for a missing value, if they are others than usual.
        with_maybe: indexes of columns in which cells such as NA are not null yet, for they may be
            values; they are counted.
    """

    names: list[str]
    columns: list[pa.ChunkedArray]
    delimiter: str
    place: Callable[[int], str]
    notes: list[str]
    decimal: str | None = None
    missing: Sequence[str] | None = None
    with_maybe: frozenset[int] = frozenset()


class DistinctCells(msgspec.Struct, frozen=True, dict=True):
    """A column by its distinct cells, so that each is looked at once.

    Attributes:
        codes: index into `words` for each row; -1 where missing.
        words: the distinct cells in the order of their first row, without blanks around them.
        maybe: rows that are missing for cells such as NA, by cell, which may be meant as values.
    """

    codes: npt.NDArray[np.int32]
    words: pa.StringArray
    maybe: Mapping[str, int] = msgspec.field(default_factory=dict)

    @cached_property
    def counts(self) -> npt.NDArray[np.int64]:
        """Number of rows of each distinct cell."""
        return np.bincount(self.codes + 1, minlength=len(self.words) + 1)[1:]

    @property
    def missing(self) -> Mask:
        """True for each row without a value."""
        return self.codes < 0

    @property
    def rows(self) -> int:
        """Number of rows with a value."""
        return int((self.codes >= 0).sum())

    def first_row(self, word: int) -> int:
        """The first row of a distinct cell."""
        return int(np.argmax(self.codes == word))


def distinct(cells: pa.ChunkedArray, missing: frozenset[str]) -> DistinctCells:
    """The distinct cells of a column.

    Args:
        cells: text; null where missing.
        missing: cells that stand for a missing value, in lower case.
    """
    codes, words = _encoded(cells)
    texts = trimmed(words)
    gone = which_missing(texts, missing)
    maybe: dict[str, int] = {}
    if gone.any() or texts is not words:
        maybe = _maybe(texts, gone, codes) if missing >= BUT_MINUS else {}  # else the user said it
        # Words that were different by blanks are one word now, and missing ones are none.
        valid = pc.if_else(pa.array(gone), None, texts)
        again, words = _encoded(pa.chunked_array([valid]))
        codes = np.where(codes < 0, np.int32(-1), np.append(again, np.int32(-1))[codes])
    return DistinctCells(codes, words, maybe)


def _maybe(texts: pa.StringArray, gone: Mask, codes: npt.NDArray[np.int32]) -> dict[str, int]:
    """How many rows have which cell of `MAYBE`, as it is first spelt."""
    counts = np.bincount(codes + 1, minlength=len(gone) + 1)[1:]
    found: dict[str, tuple[str, int]] = {}
    for word in np.flatnonzero(gone).tolist():
        text = texts[word].as_py()
        if (lower := text.lower()) in MAYBE:
            first, before = found.get(lower, (text, 0))
            found[lower] = first, before + int(counts[word])
    return dict(found.values())


def without_missing(
    cells: pa.ChunkedArray, missing: frozenset[str]
) -> tuple[pa.ChunkedArray, Mapping[str, int]]:
    """Text with null for missing cells, and how many cells such as NA are among these."""
    found = distinct(cells, missing)
    kept = found.words.take(pa.array(found.codes, mask=found.missing))
    return pa.chunked_array([kept]), found.maybe


def trimmed(cells: pa.StringArray) -> pa.StringArray:
    """Text without blanks around it: a copy only where a cell may begin or end with one."""
    _, offsets, letters = cells.buffers()
    if letters is None:
        return cells
    width = np.int64 if pa.types.is_large_string(cells.type) else np.int32
    places: npt.NDArray[np.integer] = np.frombuffer(offsets, width)
    places = places[cells.offset :][: len(cells) + 1]
    starts, ends = places[:-1], places[1:]
    filled = ends > starts
    codes = np.frombuffer(letters, np.uint8)
    outer = np.concatenate([codes[starts[filled]], codes[ends[filled] - 1]])
    is_plain = bool(((outer > ord(" ")) & (outer < 128)).all())  # other blanks are not in ASCII
    return cells if is_plain else pc.utf8_trim_whitespace(cells)


def which_missing(texts: pa.StringArray | pa.ChunkedArray, missing: frozenset[str]) -> Mask:
    """Which texts without nulls stand for a missing value.

    Args:
        texts: without blanks around them.
        missing: cells that stand for a missing value, in lower case.
    """
    gone = np.zeros(len(texts), np.bool_)
    longest = max((len(it.encode()) for it in missing), default=0)
    short = pc.indices_nonzero(pc.less_equal(pc.binary_length(texts), longest))
    lower = pc.utf8_lower(texts.take(short))
    gone[short] = pc.is_in(lower, pa.array(sorted(missing), lower.type))
    return gone


def strings(cells: pa.StringArray | pa.ChunkedArray) -> list[str]:
    """Text without nulls as Python's strings: in half the time of `to_pylist`."""
    return cells.to_numpy(zero_copy_only=False).tolist()  # type: ignore[no-any-return]


def _encoded(cells: pa.ChunkedArray) -> tuple[npt.NDArray[np.int32], pa.StringArray]:
    """Codes and distinct values of text; -1 for null."""
    if cells.nbytes > LARGE:
        cells = cells.cast(pa.large_string())
    # In one chunk, for each chunk's codes would come with a dictionary of all chunks before.
    encoded = pa.concat_arrays([pa.array([], cells.type), *cells.chunks]).dictionary_encode()
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return codes.astype(np.int32, copy=False), encoded.dictionary
