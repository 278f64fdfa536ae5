"""Kinds of columns: number, category, date, text, identifier or constant, by looking at cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tui_dl.data.readers.cells import DistinctCells, distinct
from tui_dl.data.readers.dates import Dates, looks_like_date, plain_dates, read_dates
from tui_dl.data.readers.decimal_mark import looks_like_number
from tui_dl.data.readers.numbers import plain_numbers, read_numbers
from tui_dl.data.table import (
    CategoryColumn,
    Column,
    ConstantColumn,
    DateColumn,
    IdentifierColumn,
    NumberColumn,
    TextColumn,
)
from tui_dl.support.errors import UserError

DATES = {"date": None, "date_day_first": "day", "date_month_first": "month"}  # and what is first
MOSTLY = 0.95  # of the cells are numbers or dates: the others count as missing
LOOKED_AT = 1000  # distinct cells by which a kind is ruled out
LEAST_ROWS = 20  # in shorter tables values that differ in every row are no identifiers
WORDS = 2.5  # on average, from which on cells are text
LETTERS = 20  # on average, from which on cells are text, for scripts without blanks
ID_NAME = re.compile(r"(?i)(.*[\W_])?(id|idx|index|key|uuid|guid|no|nr|rowid|row|unnamed.*)$")
CODE = r"^[0-9A-Za-z_:./+=#-]+$"


class Context(NamedTuple):
    """What is known about a table when a column is looked at.

    Attributes:
        decimal: the decimal mark.
        missing: cells that stand for a missing value, in lower case.
        place: the place of a row in the file, as words.
        file: the file's name.
    """

    decimal: str
    missing: frozenset[str]
    place: Callable[[int], str]
    file: str

    def where(self, row: int, name: str) -> str:
        """The place of a cell, for messages."""
        return f"{self.file}, {self.place(row)}, column {name!r}"


def make_column(
    name: str, cells: pa.ChunkedArray, kind: str | None, is_target: bool, context: Context
) -> tuple[Column, list[str]]:
    """A column with its values, and notes on what was guessed.

    Args:
        name: the column's name.
        cells: its cells; null where missing.
        kind: one of `NAMED_KINDS` where the user says it.
        is_target: whether it is to be predicted; then it is no identifier.
        context: what is known about the table.

    Raises:
        UserError: a cell is infinite, too large for float32, or not of the kind the user says.
    """
    if kind in (None, "number"):
        numbers = plain_numbers(cells, context.decimal, context.missing)
        if numbers is not None and not np.isnan(numbers).all():
            return _of_numbers(name, numbers, kind, is_target, context)
    if kind in (None, "date"):
        moments = plain_dates(cells)
        if moments is not None:
            return DateColumn(name, np.isnat(moments), moments), []
    found = distinct(cells, context.missing)
    rows = found.rows
    if kind == "identifier":
        return IdentifierColumn(name, found.missing), []
    if kind == "category":
        return _categories(name, found), []
    if kind == "text":
        return _text(name, found), []
    if not rows and kind is None:
        return ConstantColumn(name, found.missing), [f"column {name!r} has no values: left out"]
    if len(found.words) == 1 and rows == len(cells) and not (kind or is_target):
        word = found.words[0].as_py()
        return ConstantColumn(name, found.missing), [
            f"column {name!r} is always {word!r}: left out"
        ]
    start = found.words.slice(0, LOOKED_AT).to_pylist()
    if kind == "number" or (kind is None and any(map(looks_like_number, start))):
        numbers = read_numbers(found.words, context.decimal)
        if kind == "number" or _share(found, ~np.isnan(numbers)) >= MOSTLY:
            notes = _not_all(name, found, np.isnan(numbers), "number", kind, context)
            column, more = _of_numbers(name, _by_row(found, numbers), kind, is_target, context)
            return column, notes + more
    if kind in DATES or (kind is None and any(map(looks_like_date, start))):
        dates = read_dates(found.words, DATES.get(kind or ""))
        if kind or (dates and _share(found, ~np.isnat(dates.values)) >= MOSTLY):
            return _of_dates(name, found, dates, kind, context)
    if not is_target and _is_name_of_rows(found):
        note = f"column {name!r} has a name of its own in every row: an identifier, left out"
        return IdentifierColumn(name, found.missing), [note]
    if not is_target and _is_text(found):
        return _text(name, found), []
    return _categories(name, found), []


def make_number_or_text(
    name: str, cells: pa.ChunkedArray, context: Context
) -> tuple[Column, list[str]]:
    """A column that looks like identifiers, as numbers where all cells are, else as text."""
    numbers = plain_numbers(cells, context.decimal, context.missing)
    return make_column(name, cells, "text" if numbers is None else "number", False, context)


def _share(found: DistinctCells, fits: npt.NDArray[np.bool_]) -> float:
    """The share of rows with a value whose cells fit."""
    return float(found.counts[fits].sum() / max(found.rows, 1))


def _by_row(found: DistinctCells, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Values of distinct cells by row; NaN where missing."""
    return np.append(values, np.nan)[found.codes]


def _not_all(
    name: str,
    found: DistinctCells,
    wrong: npt.NDArray[np.bool_],
    what: str,
    kind: str | None,
    context: Context,
) -> list[str]:
    """A note on cells that are not of a column's kind; UserError where the user says the kind."""
    if not wrong.any():
        return []
    word = int(np.argmax(wrong))
    row = found.first_row(word)
    text = found.words[word].as_py()
    if kind is not None:
        raise UserError(
            f"{context.where(row, name)}: {text[:40]!r} is no {what}: correct it, or add it to "
            "data.missing"
        )
    count = int(found.counts[wrong].sum())
    return [
        f"column {name!r}: {count:,} of {found.rows:,} cells are no {what}s and count as "
        f"missing: {text[:40]!r} in {context.place(row)}"
    ]


def _of_numbers(
    name: str,
    numbers: npt.NDArray[np.float64],
    kind: str | None,
    is_target: bool,
    context: Context,
) -> tuple[Column, list[str]]:
    """A column of numbers, unless they are identifiers or all the same."""
    missing = np.isnan(numbers)
    with np.errstate(over="ignore"):
        wrong = np.isinf(numbers.astype(np.float32))
    if wrong.any():
        row = int(np.argmax(wrong))
        if np.isinf(numbers[row]):
            problem = "is infinite or too large: leave the cell empty or correct it"
        else:
            problem = f"({numbers[row]:.3g}) is too large for 32 bits: divide the column"
        raise UserError(f"{context.where(row, name)}: the number {problem}")
    if kind is None and not is_target:
        present = numbers[~missing]
        if len(present) == len(numbers) and (present == present[0]).all():
            note = f"column {name!r} is always {present[0]:g}: left out"
            return ConstantColumn(name, missing), [note]
        if _counts_up(name, numbers):
            note = f"column {name!r} has a number of its own in every row: an identifier, left out"
            return IdentifierColumn(name, missing), [note]
    return NumberColumn(name, missing, numbers), []


def _counts_up(name: str, numbers: npt.NDArray[np.float64]) -> bool:
    """Whether numbers count rows from 0 or 1, or are unique whole ones with a name such as id."""
    if len(numbers) < LEAST_ROWS:
        return False
    if any((part % 1 != 0).any() for part in (numbers[:LOOKED_AT], numbers)):  # NaN is not whole
        return False
    if numbers[0] in (0, 1) and (np.diff(numbers) == 1).all():
        return True
    return bool(ID_NAME.match(name)) and len(np.unique(numbers)) == len(numbers)


def _of_dates(
    name: str, found: DistinctCells, dates: Dates | None, kind: str | None, context: Context
) -> tuple[Column, list[str]]:
    """A column of dates."""
    nat = np.datetime64("NaT", "s")
    values = np.full(len(found.words), nat) if dates is None else dates.values
    notes = _not_all(name, found, np.isnat(values), "date", kind, context)
    if dates and dates.is_guess and kind in (None, "date"):
        first, other = ("day", "month") if dates.order == "day" else ("month", "day")
        notes.append(
            f"column {name!r}: nothing shows whether day or month comes first: read with the "
            f'{first} first; the other way is columns = {{ {name} = "date_{other}_first" }}'
        )
    if dates and dates.has_zones:
        notes.append(f"column {name!r}: moments with a time zone are moved to UTC")
    by_row = np.append(values, nat)[found.codes]
    return DateColumn(name, np.isnat(by_row), by_row), notes


def _is_name_of_rows(found: DistinctCells) -> bool:
    """Whether every row has a cell of its own that is a code, a hash or a short name."""
    if len(found.codes) < LEAST_ROWS or len(found.words) < len(found.codes):
        return False
    return not _is_text(found) or all(
        pc.all(pc.match_substring_regex(words, CODE)).as_py()
        for words in (found.words.slice(0, LOOKED_AT), found.words)
    )


def _is_text(found: DistinctCells) -> bool:
    """Whether most rows have a cell of their own, of several words or many letters."""
    if len(found.words) * 2 < found.rows:
        return False
    start = found.words.slice(0, LOOKED_AT)
    words = pc.mean(pc.count_substring_regex(start, r"\S+")).as_py()
    letters = pc.mean(pc.utf8_length(start)).as_py()
    return bool(words >= WORDS or letters >= LETTERS)


def _categories(name: str, found: DistinctCells) -> CategoryColumn:
    """A column of categories, the most frequent first, then by name."""
    words = found.words.to_pylist()
    order = sorted(range(len(words)), key=lambda it: (-int(found.counts[it]), words[it]))
    places = np.empty(len(order) + 1, np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    places[-1] = -1
    codes = places[found.codes]
    return CategoryColumn(name, found.missing, codes, tuple(words[it] for it in order))


def _text(name: str, found: DistinctCells) -> TextColumn:
    """A column of free text."""
    words = [*found.words.to_pylist(), ""]
    return TextColumn(name, found.missing, [words[it] for it in found.codes.tolist()])
