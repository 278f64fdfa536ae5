"""The header: whether the first row holds names, and names that are unique and printable."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from tui_dl.data.readers.dates import looks_like_date
from tui_dl.data.readers.decimal_mark import are_mostly, looks_like_number
from tui_dl.data.readers.missing import MISSING
from tui_dl.support.errors import UserError
from tui_dl.support.terminal_text import is_printable

YEAR = re.compile(r"1[5-9]\d\d|2[01]\d\d")
LONGEST = 1000  # characters of a name; questions of a survey have some hundred


def with_whole_header(rows: list[list[str]], width: int) -> list[list[str]]:
    """The rows, the first with a cell for each column where all others have `width`.

    R writes no name over the names of its rows, which are all different. Other programs end the
    header with a delimiter, and the rows without, or the rows and not the header. A first row with
    numbers is no header but a row to be corrected.
    """
    first, others = rows[0], rows[1:]
    if any(len(row) != width for row in others) or any(map(is_value, first)):
        return rows
    if len(first) == width - 1 and not any(row[-1].strip() for row in others):
        return [[*first, ""], *others]
    if len(first) == width - 1 and len({row[0] for row in others}) == len(others) > 1:
        return [["", *first], *others]
    if len(first) == width + 1 and not first[-1].strip():
        return [first[:-1], *others]
    return rows


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of some rows holds the names of the columns.

    It does if a column has numbers or dates in nearly all other rows and none in the first, or
    numbers below a date, if only its first cell is empty, as it is over the names of rows, if its
    cells are empty over numbers alone, and the others stand nowhere below, or if it has years in
    even steps over what are none. It does not if the first row has numbers or dates, a cell twice,
    or a cell that is a value further down.
    """
    first = [cell.strip() for cell in rows[0]]
    for index, name in enumerate(first):
        if name.lower() in MISSING or looks_like_number(name):
            continue
        cells = _values(rows, index)  # usually those of the first column decide
        if cells and are_mostly(looks_like_number if looks_like_date(name) else is_value, cells):
            return True
    if not first[0] and all(first[1:]) and len(_values(rows, 0)) == len(rows) - 1:
        return True
    if "" in first[:-1] and first[-1] and _leaves_out_names(first, rows):
        return True
    if _are_years(first, rows):
        return True
    if any(map(is_value, first)) or max(Counter(first).values()) > 1 or "" in first[1:]:
        return False
    return not any(name in _below(rows, index) for index, name in enumerate(first))


def _leaves_out_names(first: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row has no names over numbers, and over the rest what stands only there."""
    return all(
        name not in _below(rows, index) if name else are_mostly(is_value, _values(rows, index))
        for index, name in enumerate(first)
    )


def _are_years(first: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row has names and years in even steps, over what are no years."""
    places = [index for index, name in enumerate(first) if YEAR.fullmatch(name)]
    names = [name for index, name in enumerate(first) if index not in places]
    steps = {int(first[b]) - int(first[a]) for a, b in pairwise(places)}
    if len(places) < 2 or len(steps) > 1 or 0 in steps or not names or any(map(is_value, names)):
        return False
    return not any(are_mostly(_is_year, _values(rows, index)) for index in places)


def _is_year(cell: str) -> bool:
    return YEAR.fullmatch(cell) is not None


def _below(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    """The cells of a column in all rows but the first."""
    return [row[index].strip() for row in rows[1:] if index < len(row)]


def _values(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    """Those of them that are not missing."""
    return [cell for cell in _below(rows, index) if cell.lower() not in MISSING]


def is_value(cell: str) -> bool:
    """Whether a cell is a number or a date, which are rarely names."""
    return looks_like_number(cell) or looks_like_date(cell)


def clean_names(names: Sequence[str], where: str, or_say: str = "") -> tuple[list[str], list[str]]:
    """Names without blanks around them, unique, none empty; and notes on what was changed.

    Args:
        names: the cells of the header.
        where: the file and line of the header, for messages.
        or_say: for messages: the end of their advice, where a key helps.

    Raises:
        UserError: a name holds a control character, or is too long.
    """
    cleaned: list[str] = []
    notes: list[str] = []
    given = [" ".join(name.split()) for name in names]
    taken: set[str] = set()
    all_given = set(given)
    for index, name in enumerate(given):
        if len(name) > LONGEST:
            raise UserError(
                f"{where}: the name of column {index + 1} has {len(name):,} characters: shorten "
                f"it{or_say}"
            )
        if not is_printable(name):
            raise UserError(
                f"{where}: the name of column {index + 1}, {name!a}, holds a control or "
                "invisible character: rename it"
            )
        unique = name = name or f"column_{index + 1}"
        again = 2
        while unique in taken or (unique != given[index] and unique in all_given):
            unique = f"{name}_{again}"
            again += 1
        if not given[index]:
            notes.append(f"column {index + 1} has no name and is called {unique}")
        elif unique != name:
            notes.append(f"the second column called {name} is called {unique}")
        cleaned.append(unique)
        taken.add(unique)
    if any(given[index] != names[index] for index in range(len(names))):
        notes.append("blanks and line ends in names of columns are removed")
    return cleaned, notes
