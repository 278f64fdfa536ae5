"""What a user's file of text holds: a table, running text, labelled lines, pairs, or others."""

from __future__ import annotations

import gzip
import re
import zlib
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from tui_dl.data.readers.dates import looks_like_date
from tui_dl.data.readers.decimal_mark import looks_like_number
from tui_dl.data.readers.dialect import LINE_END, ROWS, find_dialect, sample_of, usual_width
from tui_dl.data.readers.encoding import to_utf8
from tui_dl.data.readers.records import is_json
from tui_dl.data.readers.series_column import read_series
from tui_dl.data.readers.table import TableOptions
from tui_dl.spec.data.melodies import is_tunes
from tui_dl.support.errors import UserError

CONLL = (".conll", ".conllu", ".bio", ".iob")
TEXTS = (".txt", ".text", ".tsv", ".tab")  # of anything
HEAD = 1 << 18  # bytes of a file that are looked at
FIRST = 20  # lines by which most files are told to be no series
ALIKE = 0.9  # of the lines of a table have the same number of cells
MOST_LABELS = 0.1  # of the lines: of more different ones each is a text to write
SPELLED = 2  # words of a text of which the spelling counts, not the words
CONLL_U = {"token_column": 2, "tag_column": 4}  # words and parts of speech
COMMENT = re.compile(r"#.*|-DOCSTART-.*")
DAY, TIMES_A_DAY = 1.0, 48  # the shortest season that is a day is of half hours
SEASONS = ((1, 7), (7, 52), (30.5, 12), (91.5, 4))  # days between two values, and a season's values
LEAST_PAST = 12


class Form(NamedTuple):
    """How a file is read.

    Attributes:
        keys: of the ``[data]`` table, without the path.
        says: that in words; empty of a table, which is the usual form.
    """

    keys: dict[str, Any]
    says: str = ""


TABLE = Form({"source": "table"})


def form_of(path: Path) -> Form:
    """The form of a file, by its ending and its first lines; a table where nothing says another.

    What is wrong with a file is for its reader to say.
    """
    name = path.name.lower().removesuffix(".gz")
    if is_tunes(str(path)):
        return Form({"source": "melodies"}, "tunes in ABC notation")
    head = _head(path)
    if head is None or is_json(head.encode()):
        return TABLE
    lines = LINE_END.split(head)
    if name.endswith((*CONLL, *TEXTS)) and (is_tagged(lines) or name.endswith(CONLL)):
        keys = CONLL_U if _is_conll_u(lines) else {}
        return Form({"source": "sentences"} | keys, "sentences, a word and its tag a line")
    filled = [line for line in lines if line.strip()]
    if name.endswith(TEXTS) and filled and (form := _of_texts(filled, head)):
        return form
    return _series(path, head) or TABLE


def is_tagged(lines: list[str]) -> bool:
    """Whether all lines have a word and a tag, and blank ones stand between sentences."""
    filled = [line for line in lines if line.strip() and not COMMENT.fullmatch(line)]
    has_tabs = all("\t" in line for line in filled)
    rows = [line.split("\t") if has_tabs else line.split() for line in filled]
    between = "\n".join(lines).strip().split("\n")  # a table may end with blank lines, too
    blank = sum(not line.strip() for line in between)
    least, most = min(map(len, rows), default=0), max(map(len, rows), default=0)
    if blank < 2 or len(rows) <= 2 * blank or least < 2 or (most > least and not has_tabs):
        return False
    tags = {row[-1] for row in rows}
    return len(tags) <= MOST_LABELS * len(rows) and not any(map(_is_value, tags))


def _of_texts(lines: list[str], head: str) -> Form | None:
    """The form of lines of text; None of a table."""
    cells = [line.split("\t") for line in lines]
    usual = Counter(map(len, cells)).most_common(1)[0][0]
    if usual == 2:
        before, after = zip(*(row for row in cells if len(row) == usual), strict=True)
        if any(_share_of_values(it) > 0.5 for it in (before, after)):
            return None
        if _has_labels(after):
            words = sorted(len(text.split()) for text in before)
            if words[len(words) // 2] > SPELLED:
                return None  # a table whose texts are read word by word
            return Form({"source": "surnames"}, "short texts with a tab and a label")
        if _has_labels(before):
            return None
        return Form({"source": "pairs"}, "pairs: a text, a tab, and the text to write for it")
    if usual > 1 and sum(len(row) == usual for row in cells) >= ALIKE * len(cells):
        return None
    rows = find_dialect(head).rows(head, ROWS)
    width = usual_width(rows)
    if width > 1 and sum(len(row) == width for row in rows) >= ALIKE * len(rows):
        return None
    return Form({"source": "text"}, "running text")


def _series(path: Path, head: str) -> Form | None:
    """The form of a table with a moment and a number in each row, in order of time."""
    start = "\n".join(LINE_END.split(head, FIRST)[:FIRST])
    if any(len(row) != 2 for row in find_dialect(start).rows(start)):
        return None  # most tables have more columns, as few lines show
    rows = find_dialect(head).rows(head, ROWS)
    below = [[cell.strip() for cell in row] for row in rows[1:]]
    if len(below) < 2 or any(len(row) != 2 for row in below):
        return None
    times, values = zip(*below, strict=True)
    if not all(map(looks_like_date, times)) and not _count_up(times):
        return None
    if not all(looks_like_number(it) for it in values if it):
        return None
    try:
        read = read_series(path, None, TableOptions())
    except UserError:  # it is no series: its dates do not rise, for example
        return None
    season = season_of(read.days)
    past, horizon = max(2 * season, LEAST_PAST), season
    if len(read.values) < 8 * (past + horizon):  # too few windows to learn from
        season, past, horizon = 1, LEAST_PAST, 1
    keys = {"source": "series", "past": past, "horizon": horizon, "season": season}
    return Form(keys, f"a time series with a season of {season}")


def season_of(days: float) -> int:
    """How many values a season has, by the days between two; 1 where there is no usual season."""
    if 0 < days < DAY:
        return min(round(DAY / days), TIMES_A_DAY)
    usual = [season for apart, season in SEASONS if abs(days - apart) < 0.1 * apart]
    return usual[0] if usual else 1


def _head(path: Path) -> str | None:
    """The first lines of a file; None where it cannot be read as text."""
    try:
        if not path.is_file():  # to open a pipe is to wait for somebody to write
            return None
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            data = file.read(HEAD)
        whole_lines = data if len(data) < HEAD else data[: data.rfind(b"\n") + 1] or data
        return sample_of(to_utf8(whole_lines, "").data) or None
    except (OSError, EOFError, ValueError, zlib.error, UserError):
        return None


def _has_labels(texts: tuple[str, ...]) -> bool:
    """Whether few different ones stand in many lines."""
    return 2 <= len({it.strip() for it in texts}) <= max(MOST_LABELS * len(texts), 2)


def _count_up(cells: tuple[str, ...]) -> bool:
    """Whether cells are whole numbers, each one more than that before it, as years are."""
    if not all(it.isdecimal() for it in cells):
        return False
    numbers = [int(it) for it in cells]
    return numbers == [*range(numbers[0], numbers[0] + len(numbers))]


def _is_conll_u(lines: list[str]) -> bool:
    """Whether the lines with cells have the ten of CoNLL-U, the first of which counts the words."""
    cells = next((line.split("\t") for line in lines if "\t" in line), [])
    return len(cells) == 10 and cells[0] == "1"


def _share_of_values(cells: tuple[str, ...]) -> float:
    """How many of some cells are numbers or dates."""
    return sum(map(_is_value, cells)) / len(cells)


def _is_value(cell: str) -> bool:
    return looks_like_number(cell) or looks_like_date(cell)
