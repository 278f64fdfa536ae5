"""The decimal mark: a point or a comma, and separators of thousands, as patterns of cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from tui_dl.data.readers.number_signs import bare
from tui_dl.data.readers.units import numbers_alone

PLAIN = r"^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$"
COMMA = r"^[-+]?(?:\d+,\d*|,\d+)(?:[eE][-+]?\d+)?$"
GROUPS = {  # thousands apart, by decimal mark: 1,234,567.8 and 1.234.567,8
    ".": r"^[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$",
    ",": r"^[-+]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?$",
}
CLEAR_GROUPS = r"^[-+]?\d{1,3}(?:\.\d{3})+(?:\.\d{3}|,\d*)$"  # 1.234.567 and 1.234,5
_PLAIN, _COMMA, _GROUPS = (re.compile(it) for it in (PLAIN, COMMA, GROUPS["."]))
_CLEAR_GROUPS = re.compile(CLEAR_GROUPS)
_OPEN_POINT = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")
_BELOW_THOUSAND = re.compile(r"[-+]?\d{1,3}")
FEW = 0.05  # of a column's cells may be lists or misspelt
MOST = 0.5
NUMBER = re.compile(f"{PLAIN}|{COMMA}|{GROUPS['.']}|{GROUPS[',']}")


def are_mostly(fits: Callable[[str], bool], cells: Sequence[str]) -> bool:
    """Whether at most one of twenty cells does not fit: a few may be misspelt."""
    wrong = (cell for cell in cells if not fits(cell))
    return next(islice(wrong, len(cells) // 20, None), None) is None


@lru_cache(1 << 16)  # cells of whole numbers and of categories are often the same
def looks_like_number(cell: str) -> bool:
    """Whether a cell is a number with a decimal point or comma, signs around it aside."""
    return NUMBER.match(bare(cell.strip())) is not None


def are_thousands(cells: Sequence[str], separator: str) -> bool:
    """Whether 1,234 stands beside 950: what has no separator is whole and below a thousand.

    Decimals would be three in all numbers, or none; and some would begin with a zero.
    """
    parted = [it for it in cells if separator in it]
    others = [it for it in cells if separator not in it]
    if not (parted and others):
        return False
    groups = re.compile(rf"[-+]?[1-9]\d{{0,2}}(?:\{separator}\d{{3}})+")
    return all(map(groups.fullmatch, parted)) and all(map(_BELOW_THOUSAND.fullmatch, others))


def are_grouped(cells: Sequence[str], separator: str) -> bool:
    """Whether every separator parts thousands: 75.114 where the decimal mark is a comma.

    Decimals would be others than three in some cell, or begin with a zero.
    """
    parted = [it for it in cells if separator in it]
    groups = re.compile(rf"[-+]?[1-9]\d{{0,2}}(?:\{separator}\d{{3}})+(?:,\d*)?")
    return bool(parted) and all(map(groups.fullmatch, parted))


class DecimalMark(NamedTuple):
    """The decimal mark of a table.

    Attributes:
        mark: a point or a comma.
        doubt: where it may be the other: a column with commas and one with points, by index, each
            with a cell that has it.
    """

    mark: str
    doubt: tuple[tuple[int, str], ...] = ()


class _Cells(NamedTuple):
    """The numbers of a column by their marks.

    Attributes:
        commas: those that show decimal commas, such as 12,5 or 1.234.567.
        points: those that show decimal points, such as 12.5 or 1,234,567.
        are_open: whether some are like 1,234, where the comma may be either.
        open_points: those that are like 1.234.
    """

    commas: list[str]
    points: list[str]
    are_open: bool
    open_points: list[str]


def find_decimal_mark(columns: Iterable[Iterable[str]], delimiter: str) -> DecimalMark:
    """The decimal mark of a whole table: a comma where columns of numbers show it.

    A column does not where only a few of its cells have one: these are lists, such as 12,34, or
    misspelt. For the comma speaks that most cells of a column have one, and that it is not the
    delimiter; against it points in another column, the more so where they cannot part thousands. A
    cell such as 1,234 may be either: where all commas are of that kind, they part thousands if
    another column has points or commas are the delimiter.

    Args:
        columns: the first cells of every column, without missing ones.
        delimiter: the character between cells.
    """
    texts = [numbers_alone([cell.strip() for cell in column]) for column in columns]
    found = {index: _by_mark(it) for index, it in enumerate(texts) if _may_have_commas(it)}
    if not any(it.commas or it.are_open for it in found.values()):
        return DecimalMark(".")  # most tables: points are not looked at
    for index, cells in enumerate(texts):
        if index not in found and any("." in it for it in cells):
            found[index] = _by_mark(cells)
    commas: dict[int, list[str]] = {}
    points: dict[int, list[str]] = {}
    open_points: dict[int, list[str]] = {}
    for index, (with_comma, with_point, _, with_open) in found.items():
        few = FEW * len(texts[index])
        if len(with_comma) > max(few, len(with_point) - 1):
            commas[index] = with_comma
        elif len(with_point) > few:
            points[index] = with_point
        elif len(with_open) > few:
            open_points[index] = with_open
    against = points or open_points
    if not commas:
        return DecimalMark("." if against or delimiter == "," else ",")
    if not against:
        return DecimalMark(",")
    are_most = any(len(it) >= MOST * len(texts[index]) for index, it in commas.items())
    speaks_for, needed = are_most + (delimiter != ","), 2 if points else 1
    is_sure = speaks_for not in (needed, needed - 1)
    examples = tuple(
        (index, it[0]) for side in (commas, against) for index, it in [*side.items()][:1]
    )
    return DecimalMark("," if speaks_for >= needed else ".", () if is_sure else examples)


def _may_have_commas(texts: Sequence[str]) -> bool:
    """Whether cells of a column of numbers have a comma, or points between thousands."""
    if any("," in it for it in texts):
        return are_mostly(looks_like_number, texts)  # else a column of texts
    return any(it.count(".") > 1 for it in texts)


def _by_mark(texts: Sequence[str]) -> _Cells:
    """The numbers among the cells of a column by their marks."""
    cells = [bare(it) for it in texts if looks_like_number(it)]
    if are_thousands(cells, ","):
        return _Cells([], [it for it in cells if "," in it], False, [])
    parted = [it for it in cells if _GROUPS.match(it)]
    pointed = [it for it in cells if "." in it and _PLAIN.match(it)]
    with_comma = (it for it in cells if _COMMA.match(it) and not _GROUPS.match(it))
    commas = [*with_comma, *filter(_CLEAR_GROUPS.match, cells)]
    points = [it for it in parted if "." in it or it.count(",") > 1]
    points += [it for it in pointed if not _OPEN_POINT.fullmatch(it)]
    return _Cells(commas, points, bool(parted), [*filter(_OPEN_POINT.fullmatch, pointed)])
