"""The dialect of a delimited file: which character stands between cells, and which around them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from tui_dl.data.readers.decimal_mark import looks_like_number

SAMPLE = 1 << 17  # bytes at the start of the file that are looked at
LEAST_LINES = 20  # that are looked at, unless they are longer than this together:
MOST = 1 << 23
ROWS = 500  # rows that are looked at
WHITESPACE = "whitespace"  # one or more blanks or tabs
DELIMITERS = {
    ",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars", WHITESPACE: "blanks",
}  # fmt: skip
LINE_END = re.compile(r"\r\n|\r|\n")
BLANKS = re.compile(r"[ \t]+")


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
            text = collapse_blanks(text)
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


def collapse_blanks(text: str) -> str:
    """`text` with one blank for each run of blanks and tabs, and none around lines."""
    return "\n".join(BLANKS.sub(" ", line).strip() for line in LINE_END.split(text))


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


def find_dialect(sample: str, delimiter: str | None = None) -> Dialect:
    """The dialect in which most rows have the same number of cells.

    Where several delimiters do equally well, the one that leaves more numbers wins, then the one
    with more columns, then the more usual one. A table of one column counts as one with commas.
    """
    quote = _quote(sample)
    if delimiter is not None:
        return Dialect(delimiter, quote)
    best, best_score = Dialect(",", quote), (0.0, 0.0, 1)
    for candidate in DELIMITERS:
        if candidate == WHITESPACE and (quote in sample or best_score[0] > 0.9):
            continue  # blanks stand in the text of other dialects
        dialect = Dialect(candidate, quote)
        score = _score(dialect.rows(sample, ROWS))
        if candidate == WHITESPACE and (score[0] < 0.9 or score[1] < 0.2):
            continue  # sentences with the same number of words
        if score > best_score:
            best, best_score = dialect, score
    return best


def usual_width(rows: list[list[str]]) -> int:
    """How many cells most rows have; 0 if there are no rows."""
    return Counter(map(len, rows)).most_common(1)[0][0] if rows else 0


def _score(rows: list[list[str]]) -> tuple[float, float, int]:
    """How well rows fit a dialect: the share of the usual width, of numbers, and the width."""
    widths = Counter(map(len, rows))
    if not widths:
        return 0.0, 0.0, 0
    width, count = widths.most_common(1)[0]
    if width == 1:
        return 0.0, 0.0, 1
    cells = [cell for row in rows if len(row) == width for cell in row]
    numbers = sum(map(looks_like_number, cells)) / len(cells)
    return round(count / len(rows), 2), round(numbers, 2), width


def _quote(sample: str) -> str:
    """An apostrophe where most lines have cells in apostrophes and none in quotes."""
    if '"' in sample:
        return '"'
    quoted = len(re.findall(r"(?:^|[,;\t|])'[^'\r\n]*'(?=[,;\t|\r\n]|$)", sample, re.MULTILINE))
    return "'" if quoted * 2 > sample.count("\n") and quoted * 4 > sample.count("'") else '"'
