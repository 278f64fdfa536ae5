"""The target of a table: which column it is, and whether it holds classes or numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from tui_dl.data.readers.column_values import describe_maybe
from tui_dl.data.readers.numbers import are_whole
from tui_dl.data.readers.table import CategoryColumn, Column, DateColumn, NumberColumn, TextColumn
from tui_dl.data.sorted_numbers import distinct_numbers
from tui_dl.support.did_you_mean import suggest
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted, quoted, written

USUAL = ("target", "label", "class", "y")  # in lower case, the first found wins
NAMELESS = re.compile(r"column_\d+|(?i:unnamed\b.*)")  # as readers of tables call such columns
LOOKED_AT = 10_000  # numbers by which classes are ruled out
MANY_CLASSES, LEAST_ROWS = 1_000, 20  # more classes than that need so many rows each, on average
MOST_CLASSES = 20  # different whole numbers that are classes; more of them are quantities


def find_target(
    names: Sequence[str], named: str | None, file: str, is_empty: Callable[[str], bool]
) -> tuple[str, list[str]]:
    """The target's name, and a note where it was guessed.

    Rows that end with a delimiter have a last column without a name, which is none to predict.

    Args:
        names: of the columns.
        named: the name that the user says.
        file: the file's name, for messages.
        is_empty: whether most cells of a column are missing.

    Raises:
        UserError: no column has the name that the user says.
    """
    if named is not None:
        if named not in names:
            raise UserError(f"data.target: {file} has no column {named!r}{suggest(named, names)}")
        return named, []
    lower = [name.lower() for name in names]
    for usual in USUAL:
        if lower.count(usual) == 1:
            name = names[lower.index(usual)]
            return name, [f"the target is column {name!r}"]
    name = next(
        (it for it in reversed(names) if not (NAMELESS.fullmatch(it) and is_empty(it))), names[-1]
    )
    if name != names[-1]:
        return name, [f"the target is column {name!r}: {names[-1]!r} behind it is mostly empty"]
    return name, [f"the target is the last column, {name!r}"]


def usual_targets(names: Sequence[str]) -> frozenset[str]:
    """Columns of which one is guessed to be the target."""
    return frozenset(it for it in names if it.lower() in USUAL) | {names[-1]}


def as_target(
    column: Column, kind: str | None, file: str, maybe: Mapping[str, int]
) -> tuple[Column, list[str]]:
    """The target as classes or numbers, and a note on which.

    Whole numbers are classes if there are at most `MOST_CLASSES` different ones and each stands
    in two rows on average.

    Args:
        column: the column to predict.
        kind: its kind where the user says it.
        file: the file's name, for messages.
        maybe: how many of its missing cells are such as NA, by cell, which may be classes.

    Raises:
        UserError: it has no values, only one, too few rows for its classes, or no classes and no
            numbers.
    """
    name, rows = column.name, len(column.missing)
    present = rows - column.missing_count
    if not present:
        raise UserError(f"{file}: the target {name!r} has no values: say another data.target")
    if isinstance(column, NumberColumn) and kind is None:
        column = _classes(column) or column
    notes = []
    if column.missing_count:
        notes.append(f"{column.missing_count:,} of {rows:,} rows have no target")
        notes += describe_maybe(name, maybe)
    if isinstance(column, NumberColumn):
        if np.nanmin(column.values) == np.nanmax(column.values):
            value = written(float(np.nanmin(column.values)))
            raise UserError(
                f"{file}: the target {name!r} is always {value}: say another data.target"
            )
        return column, [*notes, f"regression: the target {name!r} is a number"]
    if not isinstance(column, CategoryColumn):
        what = {DateColumn: "dates", TextColumn: "free text"}.get(type(column), "identifiers")
        raise UserError(
            f"{file}: the target {name!r} holds {what}, neither classes nor numbers: say another "
            "data.target"
        )
    count = len(column.categories)
    if count == 1:
        hint = "".join(
            f", or data.missing if {quoted(cell)} is a class: {counted(count, 'cell')} of it "
            "count as missing"
            for cell, count in [*maybe.items()][:1]
        )
        raise UserError(
            f"{file}: the target {name!r} has only one class, {quoted(column.categories[0])}: say "
            f"another data.target{hint}"
        )
    least = LEAST_ROWS if count > MANY_CLASSES else 2
    if count > max(present // least, 2):
        raise UserError(
            f"{file}: the target {name!r} has {count:,} classes in {present:,} rows, too few rows "
            f"of each to learn from ({least} are needed): say another data.target"
        )
    return column, [*notes, f"classification: the target {name!r} has {count:,} classes"]


def _classes(column: NumberColumn) -> CategoryColumn | None:
    """A column of few whole numbers as classes in the order of the numbers; None for others."""
    present = column.values[~column.missing]
    if not are_whole(present):
        return None
    if (
        len(distinct_numbers(present[:LOOKED_AT])) > MOST_CLASSES
    ):  # sorting all of them takes longer
        return None
    different = distinct_numbers(present)
    if not 2 <= len(different) <= min(MOST_CLASSES, max(len(present) // 2, 2)):
        return None
    codes = np.searchsorted(different, column.values).astype(np.int32)
    codes[column.missing] = -1
    names = tuple(f"{int(it)}" for it in different)
    return CategoryColumn(column.name, column.missing, codes, names)
