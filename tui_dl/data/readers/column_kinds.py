"""Kinds of columns: number, category, date, text, identifier or constant, by looking at cells."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tui_dl.data.readers.cells import DistinctCells, distinct, strings
from tui_dl.data.readers.column_values import (
    Context,
    category_column,
    check_cells,
    date_column,
    describe_maybe,
    number_column,
    plain_date_column,
    plain_text_column,
    text_column,
)
from tui_dl.data.readers.dates import are_compact_dates, looks_like_date, plain_dates, read_dates
from tui_dl.data.readers.decimal_mark import looks_like_number
from tui_dl.data.readers.identifiers import counts_rows, names_rows
from tui_dl.data.readers.magnitudes import MAGNITUDES
from tui_dl.data.readers.mixed_cells import describe_mixed
from tui_dl.data.readers.number_signs import (
    are_apart,
    describe_signs,
    has_leading_zeros,
    without_blanks,
)
from tui_dl.data.readers.numbers import (
    are_same,
    has_thousands,
    plain_numbers,
    read_numbers,
)
from tui_dl.data.readers.table import (
    Column,
    ConstantColumn,
    IdentifierColumn,
    NumberColumn,
)
from tui_dl.data.readers.target import MOST_CLASSES
from tui_dl.data.readers.times_of_day import are_times, looks_like_time
from tui_dl.data.readers.units import only, units, without_unit
from tui_dl.data.sorted_numbers import distinct_numbers
from tui_dl.support.formatting import quoted, written

DATES = {"date": None, "date_day_first": "day", "date_month_first": "month"}  # and what is first
MOSTLY = 0.95  # of the cells are numbers or dates: the others count as missing
LOOKED_AT = 1000  # distinct cells by which a kind is ruled out
MANY = 20_000  # rows of a long column
WORDS = 2.5  # on average, from which on cells are text
LETTERS = 20  # on average, from which on cells are text, for scripts without blanks
EXACT = 2.0**53  # from here on numbers are not all different ones


def make_column(
    name: str, cells: pa.ChunkedArray, kind: str | None, is_kept: bool, context: Context
) -> tuple[Column, list[str]]:
    """A column with its values, and notes on what was guessed.

    Args:
        name: the column's name.
        cells: its cells, numbers or moments; null where missing.
        kind: one of `NAMED_KINDS` where the user says it.
        is_kept: whether it is the target or splits the rows; then it is no identifier.
        context: what is known about the table.

    Raises:
        UserError: a cell is infinite, too large for float32, or not of the kind the user says.
    """
    if pa.types.is_timestamp(cells.type):
        return plain_date_column(name, cells.to_numpy()), []
    if kind in (None, "number"):
        numbers = plain_numbers(cells, context.decimal, context.missing)
        if kind is None and _may_be_codes(cells, numbers) and has_leading_zeros(cells):
            return _codes(name, cells, is_kept, context, "digits with leading zeros")
        if kind is None and _are_merged(cells, numbers):
            return _codes(name, cells, is_kept, context, "numbers of more than 16 digits")
        if numbers is not None and kind is None and not is_kept and are_compact_dates(numbers):
            return make_column(name, cells, "date", is_kept, context)
        if numbers is not None and not np.isnan(numbers).all():
            column = number_column(name, numbers, context)
            return (column, []) if kind or is_kept else _unless_left_out(column, [])
    if kind in (None, "date"):
        moments = plain_dates(cells)
        if moments is not None:
            return plain_date_column(name, moments), []
    if kind is None and not is_kept and _begins_with_texts(cells):
        return plain_text_column(name, cells, context), []
    found = distinct(cells, context.missing)
    match kind:
        case "identifier":
            return IdentifierColumn(name, found.missing), []
        case "category":
            return category_column(name, found), []
        case "text":
            return text_column(name, found), []
        case None:
            return _by_looking(name, found, is_kept, context)
        case "number" | "number_grouped":
            return _numbers(name, found, only(units(found.words), found.words), kind, context)
    return date_column(name, found, read_dates(found.words, DATES[kind]), kind, context)


def _may_be_codes(cells: pa.ChunkedArray, numbers: npt.NDArray[np.float64] | None) -> bool:
    """Whether cells are text, and begin like whole numbers."""
    if numbers is None or not pa.types.is_string(cells.type):
        return False
    return not (np.nan_to_num(numbers[:LOOKED_AT]) % 1).any()


def _are_merged(cells: pa.ChunkedArray, numbers: npt.NDArray[np.float64] | None) -> bool:
    """Whether cells are whole numbers so long that some which differ are one as numbers."""
    if numbers is None or not pa.types.is_string(cells.type):
        return False
    if not (np.abs(numbers) > EXACT).any() or not (found := numbers[~np.isnan(numbers)]).size:
        return False
    words = pc.unique(cells.drop_null())
    is_long = pc.all(pc.match_substring_regex(words, r"^[-+]?\d+$")).as_py()
    return bool(is_long) and len(words) > len(distinct_numbers(found))


def _codes(
    name: str, cells: pa.ChunkedArray, is_kept: bool, context: Context, what: str
) -> tuple[Column, list[str]]:
    """A column of digits that are no quantities, such as postal codes."""
    found = distinct(cells, context.missing)
    if not is_kept and names_rows(found, _is_text(found)):
        note = f"column {name!r} has a code of its own in every row: an identifier, left out"
        return IdentifierColumn(name, found.missing), [note]
    note = f"column {name!r} has {what}: codes, read as categories"
    return category_column(name, found), [note]


def _by_looking(
    name: str, found: DistinctCells, is_kept: bool, context: Context
) -> tuple[Column, list[str]]:
    """A column whose kind is found by its distinct cells."""
    if not found.rows:
        return ConstantColumn(name, found.missing), [f"column {name!r} has no values: left out"]
    if len(found.words) == 1 and found.rows == len(found.codes) and not is_kept:
        note = f"column {name!r} is always {quoted(str(found.words[0].as_py()))}: left out"
        return ConstantColumn(name, found.missing), [note]
    start = found.words.slice(0, LOOKED_AT).to_pylist()
    by_unit = {} if is_kept and _repeats(found) else units(found.words)
    unit = only(by_unit, found.words)
    if unit or any(looks_like_number(it) or looks_like_time(it) for it in start):
        numbers = read_numbers(without_unit(found.words, unit), context.decimal)
        if _share(found, ~np.isnan(numbers)) >= MOSTLY:
            column, notes = _numbers(name, found, unit, None, context)
            return (column, notes) if is_kept else _unless_left_out(column, notes)
    if any(map(looks_like_date, start)):
        dates = read_dates(found.words)
        if dates and _share(found, ~np.isnat(dates.values)) >= MOSTLY:
            return date_column(name, found, dates, None, context)
    if is_kept:
        return category_column(name, found), describe_maybe(name, found.maybe)
    is_text, mixed = _is_text(found), describe_mixed(name, found, by_unit, context)
    if names_rows(found, is_text):
        note = f"column {name!r} has a name of its own in every row: an identifier, left out"
        return IdentifierColumn(name, found.missing), [note, *mixed]
    if is_text:
        return text_column(name, found), mixed
    return category_column(name, found), [*mixed, *describe_maybe(name, found.maybe)]


def _repeats(found: DistinctCells) -> bool:
    """Whether the cells of a target are few and stand in two rows on average, as classes do."""
    return len(found.words) <= min(MOST_CLASSES, found.rows // 2)


def make_number_or_text(
    name: str, cells: pa.ChunkedArray, context: Context
) -> tuple[Column, list[str]]:
    """A column that looks like identifiers, as numbers where all cells are, else as text."""
    numbers = plain_numbers(cells, context.decimal, context.missing)
    return make_column(name, cells, "text" if numbers is None else "number", False, context)


def _share(found: DistinctCells, fits: npt.NDArray[np.bool_]) -> float:
    """The share of rows with a value whose cells fit."""
    return float(found.counts[fits].sum() / max(found.rows, 1))


def _numbers(
    name: str,
    found: DistinctCells,
    unit: str,
    kind: str | None,
    context: Context,
) -> tuple[NumberColumn, list[str]]:
    """A column of numbers from the number of each distinct cell; NaN where a cell is none."""
    words = without_unit(found.words, unit)
    is_apart = are_apart(words)
    if kind:
        words = without_blanks(words)
    is_grouped = kind == "number_grouped"
    numbers = read_numbers(words, context.decimal, is_grouped or None)
    notes = check_cells(name, found, np.isnan(numbers), "number", kind, context)
    if unit == MAGNITUDES:
        notes.append(f"column {name!r}: K, M and B are thousands, millions and billions")
    elif unit:
        notes.append(f"column {name!r}: numbers in {unit}")
    if is_apart:
        notes.append(f"column {name!r}: blanks stand between thousands")
    signs = describe_signs(name, words)
    notes += signs
    if signs or unit not in ("", MAGNITUDES):
        notes += _describe_without(name, found)
    if are_times(words):
        notes.append(f"column {name!r}: times are read as hours")
    is_grouped |= has_thousands(words, context.decimal)
    values = np.append(numbers, np.nan)[found.codes]
    column = number_column(name, values, context, is_grouped and context.decimal == ",", unit)
    return column, notes


def _describe_without(name: str, found: DistinctCells) -> list[str]:
    """A note on numbers other than 0 that have no unit or sign in a column where others do."""
    is_plain = pc.match_substring_regex(found.words, r"^[-+]?[\d.,]*[1-9][\d.,]*$")
    count = int(found.counts[is_plain.to_numpy(zero_copy_only=False)].sum())
    if not count:
        return []
    return [
        f"column {name!r}: {count:,} of {found.rows:,} numbers stand there without it, and count "
        "as the same unit: correct them if they are not"
    ]


def _unless_left_out(column: NumberColumn, notes: list[str]) -> tuple[Column, list[str]]:
    """A column of numbers, unless they are all the same or identifiers."""
    name, missing, numbers = column.name, column.missing, column.values
    if not missing.any() and are_same(numbers):
        note = f"column {name!r} is always {written(float(numbers[0]))}: left out"
        return ConstantColumn(name, missing), [*notes, note]
    if counts_rows(name, numbers):
        note = f"column {name!r} has a number of its own in every row: an identifier, left out"
        return IdentifierColumn(name, missing), [*notes, note]
    return column, notes


def _begins_with_texts(cells: pa.ChunkedArray) -> bool:
    """Whether a long column begins with texts, most of them different: all need not be compared."""
    start = cells.slice(0, MANY).drop_null()
    if len(start) < MANY // 2 or pc.count_distinct(start).as_py() * 2 < len(start):
        return False
    return _mean_words(start.slice(0, LOOKED_AT)) >= WORDS


def _mean_words(cells: pa.Array | pa.ChunkedArray) -> float:
    return sum(len(it.split()) for it in strings(cells)) / len(cells)


def _is_text(found: DistinctCells) -> bool:
    """Whether most rows have a cell of their own, of several words or many letters."""
    if len(found.words) * 2 < found.rows:
        return False
    start = found.words.slice(0, LOOKED_AT)
    letters = pc.mean(pc.utf8_length(start)).as_py()
    return _mean_words(start) >= WORDS or bool(letters >= LETTERS)
