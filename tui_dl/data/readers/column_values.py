"""Values of a column once its kind is known: numbers, dates, categories or text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tui_dl.data.readers.cells import DistinctCells, strings, trimmed, which_missing
from tui_dl.data.readers.dates import CENTURY_STARTS, Dates
from tui_dl.data.readers.table import CategoryColumn, DateColumn, NumberColumn, TextColumn
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted, quoted


class Context(NamedTuple):
    """What is known about a table when a column is looked at.

    Attributes:
        decimal: the decimal mark.
        missing: cells that stand for a missing value, in lower case.
        place: the place of a row in the file, as words; none in a row that was typed.
        file: the file's name, or the row that was typed.
    """

    decimal: str
    missing: frozenset[str]
    place: Callable[[int], str]
    file: str

    def where(self, row: int, name: str) -> str:
        """The place of a cell, for messages."""
        return ", ".join(filter(None, (self.file, self.place(row), f"column {name!r}")))


def number_column(
    name: str,
    numbers: npt.NDArray[np.float64],
    context: Context,
    grouped: bool = False,
    unit: str = "",
) -> NumberColumn:
    """A column of numbers; NaN where missing.

    Raises:
        UserError: a number is infinite or too large for float32.
    """
    with np.errstate(over="ignore"):
        ends = np.array([np.fmin.reduce(numbers, initial=0), np.fmax.reduce(numbers, initial=0)])
        if not np.isinf(ends.astype(np.float32)).any():
            return NumberColumn(name, np.isnan(numbers), numbers, grouped, unit)
        row = int(np.argmax(np.isinf(numbers.astype(np.float32))))
    if np.isinf(numbers[row]):
        says = "the number is infinite or too large: leave the cell empty or correct it"
    else:
        remedy = "divide the column" if context.place(row) else "correct it"
        says = f"the number ({numbers[row]:.3g}) is too large for 32 bits: {remedy}"
    raise UserError(f"{context.where(row, name)}: {says}")


def date_column(
    name: str, found: DistinctCells, dates: Dates | None, kind: str | None, context: Context
) -> tuple[DateColumn, list[str]]:
    """A column of dates, and notes on what was guessed; `dates` is None where no cell is one."""
    nat = np.datetime64("NaT", "s")
    values = np.full(len(found.words), nat) if dates is None else dates.values
    notes = check_cells(name, found, np.isnat(values), "date", kind, context)
    if dates and dates.is_guess and kind in (None, "date"):
        first, other = ("day", "month") if dates.order == "day" else ("month", "day")
        notes.append(
            f"column {name!r}: nothing shows whether day or month comes first: read with the "
            f'{first} first; the other way is columns = {{ {name!r} = "date_{other}_first" }}'
        )
    if dates and dates.has_short_years:
        year = 1900 + CENTURY_STARTS
        notes.append(f"column {name!r}: years of two digits are read as {year} to {year + 99}")
    if dates and dates.has_zones:
        notes.append(f"column {name!r}: moments with a time zone are moved to UTC")
    if dates and len(dates.samples) > 1:
        shown = two_cells(found, dates.samples, context)
        notes.append(f"column {name!r} has dates in {len(dates.samples)} formats: {shown}")
    by_row = np.append(values, nat)[found.codes]
    order = dates.order if dates else "clear"
    return DateColumn(name, np.isnat(by_row), by_row, order), notes


def describe_maybe(name: str, maybe: Mapping[str, int]) -> list[str]:
    """Notes on cells of a column that count as missing, and may be meant as values."""
    lower = {it.lower() for it in maybe}
    example = next(it for it in ("NA", "?", "null") if it.lower() not in lower)
    return [
        f"column {name!r}: {quoted(cell)} in {counted(count, 'cell')} counts as missing: if it is "
        f'a value, say which cells are not, such as data.missing = ["{example}"]'
        for cell, count in maybe.items()
    ]


def two_cells(found: DistinctCells, words: Sequence[int], context: Context) -> str:
    """Two cells and their places, of `words` by which several formats or units are told."""
    rows = sorted((found.first_row(it), it) for it in words)
    shown = (
        f"{quoted(found.words[it].as_py(), 40)} in {context.place(row)}" for row, it in rows[:2]
    )
    return " and ".join(shown)


def plain_date_column(name: str, moments: npt.NDArray[np.datetime64]) -> DateColumn:
    """A column of moments in ISO 8601; NaT where missing."""
    return DateColumn(name, np.isnat(moments), moments)


def check_cells(
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


def category_column(name: str, found: DistinctCells) -> CategoryColumn:
    """A column of categories, the most frequent first, then by name."""
    words = strings(found.words)
    order = sorted(range(len(words)), key=lambda it: (-int(found.counts[it]), words[it]))
    places = np.empty(len(order) + 1, np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    places[-1] = -1
    codes = places[found.codes]
    return CategoryColumn(name, found.missing, codes, tuple(words[it] for it in order))


def text_column(name: str, found: DistinctCells) -> TextColumn:
    """A column of free text."""
    words = [*strings(found.words), ""]
    return TextColumn(name, found.missing, [words[it] for it in found.codes.tolist()])


def plain_text_column(name: str, cells: pa.ChunkedArray, context: Context) -> TextColumn:
    """The same from all cells, of which most are different."""
    texts = pa.chunked_array(map(trimmed, cells.chunks), cells.type).fill_null("")
    missing = which_missing(texts, context.missing)
    if missing.any():
        texts = pc.if_else(pa.array(missing), "", texts)
    return TextColumn(name, missing, texts)
