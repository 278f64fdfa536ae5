"""The dialect of a delimited file: which character stands between cells, and which around them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import NamedTuple

from tui_dl.data.readers.decimal_mark import looks_like_number

SAMPLE = 1 << 17  # bytes at the start of the file that are looked at
LEAST_LINES = 20  # that are looked at, unless they are longer than this together:
MOST = 1 << 23
ROWS = 500  # rows that are looked at
ALIKE, LEAST_NUMBERS = 0.9, 0.2  # of rows and cells between blanks, which also part words
WHITESPACE = "whitespace"  # one or more blanks or tabs
DELIMITERS = {
    ",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars", WHITESPACE: "blanks",
}  # fmt: skip
NAMES = re.compile(r"\s*'[^'\r\n]*'(?:[,;\t|]'[^'\r\n]*')+[ \t]*[\r\n]")  # in apostrophes
LINE_END = re.compile(r"\r\n|\r|\n")


class Dialect(NamedTuple):
    """The delimiter and the quote character."""

    delimiter: str
    quote: str = '"'

    def __str__(self) -> str:
        """The dialect in words."""
        between = DELIMITERS.get(self.delimiter, repr(self.delimiter))
        return f"{between} between columns" + ", apostrophes around cells" * (self.quote == "'")

    def rows(self, text: str, count: int | None = None) -> list[list[str]]:
        """The first rows of a text, without blank lines; all of them where `count` is None."""
        if self.delimiter == WHITESPACE:
            text = collapse_blanks(text, self.quote)
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=self.separator, quotechar=self.quote
        )
        found: list[list[str]] = []
        with long_cells():
            for row in reader:
                if row:
                    found.append(row)
                if len(found) == count:
                    break
        return found

    @property
    def separator(self) -> str:
        """The character between cells, once blanks are collapsed."""
        return " " if self.delimiter == WHITESPACE else self.delimiter


@contextmanager
def long_cells() -> Iterator[None]:
    """Context in which `csv` takes cells of any length."""
    before = csv.field_size_limit(1 << 31)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def collapse_blanks(text: str, quote: str) -> str:
    """`text` with one blank for each run of blanks and tabs outside quotes, and none around lines.

    A cell in quotes is on one line.
    """
    blanks = re.compile(rf"({quote}[^{quote}]*{quote})|[ \t]+")
    lines = LINE_END.split(text)
    return "\n".join(blanks.sub(lambda it: it[1] or " ", line).strip() for line in lines)


def sample_of(data: bytes) -> str:
    """The start of a file in UTF-8, up to the last line end that fits."""
    size = 0
    for _ in range(LEAST_LINES):
        size = data.find(b"\n", size, MOST) + 1 or min(len(data), MOST)
    size = max(size, SAMPLE)
    if len(data) <= size:
        return data.decode()
    start = data[:size]
    end = max(start.rfind(b"\n"), start.rfind(b"\r"))
    return start[: end + 1 or size].decode(errors="ignore")


class _Fit(NamedTuple):
    """A dialect, the share of rows that have its usual width, and their cells.

    Attributes:
        has_first: whether the first row has it, which a header divides by no decimal comma.
    """

    dialect: Dialect
    share: float
    has_first: bool
    width: int
    cells: list[str]

    def numbers(self) -> float:
        """The share of numbers among the cells."""
        return round(sum(map(looks_like_number, self.cells)) / len(self.cells), 2)


@lru_cache(2)  # by the same sample it is found what a file is, and what its layout
def find_dialect(sample: str, delimiter: str | None = None) -> Dialect:
    """The dialect in which most rows have the same number of cells.

    Where several delimiters do equally well, one that divides the first row likewise wins, then the
    one that leaves more numbers, then the one with more columns, then the more usual one. A table
    of one column counts as one with commas.
    """
    quote = _quote(sample)
    if delimiter is not None:
        return Dialect(delimiter, quote)
    found: list[_Fit] = []
    for candidate in DELIMITERS:
        if candidate != WHITESPACE:
            found += _fit(sample, Dialect(candidate, quote)) if candidate in sample else []
        elif all(it.share <= ALIKE for it in found):
            # Blanks stand in the text of other dialects, and in sentences of as many words.
            fits = _fit(sample, Dialect(candidate, quote))
            found += [it for it in fits if it.share >= ALIKE and it.numbers() >= LEAST_NUMBERS]
    most = max((it.share for it in found), default=0)
    best = [it for it in found if it.share == most]
    if len(best) > 1:
        best.sort(key=lambda it: (it.has_first, it.numbers(), it.width), reverse=True)
    return best[0].dialect if best else Dialect(",", quote)


def usual_width(rows: list[list[str]]) -> int:
    """How many cells most rows have; 0 if there are no rows."""
    return Counter(map(len, rows)).most_common(1)[0][0] if rows else 0


def _fit(sample: str, dialect: Dialect) -> list[_Fit]:
    """How a dialect fits; nothing where it leaves one column."""
    rows = dialect.rows(sample, ROWS)
    width = usual_width(rows)
    if width <= 1:
        return []
    usual = [row for row in rows if len(row) == width]
    share = round(len(usual) / len(rows), 2)
    cells = [cell for row in usual for cell in row]
    return [_Fit(dialect, share, len(rows[0]) == width, width, cells)]


def _quote(sample: str) -> str:
    """An apostrophe where most lines, or all names, have apostrophes around and none quotes."""
    if '"' in sample or "'" not in sample:
        return '"'
    if NAMES.match(sample):
        return "'"
    quoted = len(re.findall(r"(?:^|[,;\t|])'[^'\r\n]*'(?=[,;\t|\r\n]|$)", sample, re.MULTILINE))
    return "'" if quoted * 2 > sample.count("\n") and quoted * 4 > sample.count("'") else '"'
