"""The decimal mark: a point or a comma, and separators of thousands, as patterns of cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import islice

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
_BELOW_THOUSAND = re.compile(r"[-+]?\d{1,3}")
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


def find_decimal_mark(columns: Iterable[Iterable[str]], delimiter: str) -> str:
    """The decimal mark of a whole table: a comma where a column can only be read with it.

    A cell such as 1,234 may be either. Where all numbers are of that kind, the comma stands between
    thousands if another column has decimal points or commas are the delimiter.

    Args:
        columns: the first cells of every column, without missing ones.
        delimiter: the character between cells.
    """
    points = open_question = False
    for column in columns:
        texts = numbers_alone([cell.strip() for cell in column])
        if not any("," in it or it.count(".") > 1 for it in texts):
            points = points or any("." in it and _PLAIN.match(bare(it)) for it in texts)
            continue
        if any("," in it for it in texts) and not are_mostly(looks_like_number, texts):
            continue  # a column of texts, as the first of them show
        cells = [bare(it) for it in texts if looks_like_number(it)]
        if are_thousands(cells, ","):
            points = True
            continue
        commas = [it for it in cells if "," in it or _CLEAR_GROUPS.match(it)]
        if not commas:
            points |= any("." in it and _PLAIN.match(it) for it in cells)
        elif all(map(_is_number, cells)):
            if not all(map(_GROUPS.match, commas)):
                return ","
            open_question = True
    return "," if open_question and not points and delimiter != "," else "."


def _is_number(cell: str) -> bool:
    """Whether a cell is a plain number, with a point, a comma or points between thousands."""
    return any(it.match(cell) for it in (_PLAIN, _COMMA, _CLEAR_GROUPS))
