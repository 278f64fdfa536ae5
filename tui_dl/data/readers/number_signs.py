"""Signs around numbers: currencies, percent, brackets of negative amounts, blanks of thousands."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

BLANKS = " \u00a0\u202f"  # the latter two do not break lines
MINUS = "\u2212"  # as typeset tables have it
SYMBOLS = "$€£¥₩₹₽₺₪₫₴฿"
CODES = (
    "AUD|BRL|CAD|CHF|CNY|CZK|DKK|EUR|GBP|HKD|HUF|INR|JPY|KRW|MXN|NOK|NZD|PLN|RUB|SEK|SGD|THB|TRY|"
    "USD|ZAR"
)
CURRENCY = rf"(?:(?:A|C|HK|NZ|R|US)?[{SYMBOLS}]|Rs\.?|{CODES})"
DIGITS = rf"(?:\d[\d.,'{BLANKS}]*\d|\d|[.,]\d+|\d+[.,])"
SIGNED = (  # +/-, a currency, +/-, the number, a currency or percent
    rf"^([-+]?)[{BLANKS}]?{CURRENCY}?[{BLANKS}]?([-+]?)({DIGITS}(?:e\d)?)[{BLANKS}]?"
    rf"(?:{CURRENCY}|%)?$"
)
BRACKETS = rf"^\(({CURRENCY}?[\d.,' ]+{CURRENCY}?)\)$"  # around a negative amount
UNUSUAL = rf"[{SYMBOLS}%'{BLANKS}({MINUS}]|Rs|[A-Z]{{3}}"  # what a plain number does not have
SPACED = rf"^([-+]?\d{{1,3}})(?:[{BLANKS}']\d{{3}})+(?:[.,]\d*)?$"  # thousands apart: 1 234,5
CLEARLY_SPACED = rf"^[-+]?\d{{1,3}}(?:[{BLANKS}']\d{{3}})+[.,]\d+$"
APART = (
    rf"^[-+]?(?:0|[1-9]\d{{0,2}}(?:[{BLANKS}]\d{{3}})*)$"  # whole, with thousands apart or below
)
_UNUSUAL, _DIGIT = re.compile(UNUSUAL), re.compile(r"\d")
_START = re.compile(rf"[-+(.,\d{BLANKS}{MINUS}]|{CURRENCY}")  # of a number with or without signs
_WORD = re.compile(r"[^\W\d_]{4}")  # which no sign has: what is compiled below is not needed
_SPACES = re.compile(rf"[{BLANKS}']")
LONGEST = 100  # characters of a number with signs: more of them are text, and take long
SHOWN = re.compile(rf"{CURRENCY}|%")


def bare(cell: str) -> str:
    """A cell without signs around its number, and without blanks between thousands."""
    if len(cell) > LONGEST or not _START.match(cell) or _WORD.search(cell):
        return cell
    if not (_DIGIT.search(cell) and _UNUSUAL.search(cell)):
        return cell
    cell = cell.replace(MINUS, "-")
    # These are compiled if they are needed.
    cell = re.sub(SIGNED, r"\1\2\3", re.sub(BRACKETS, r"-\1", cell))
    return _SPACES.sub("", cell) if re.match(SPACED, cell) else cell


def bare_cells(cells: pa.StringArray) -> pa.StringArray:
    """The same of all cells of a column.

    Blanks stand between thousands where a cell shows it by decimals, such as 1 234,50, where
    numbers have signs, or where `are_apart`; else numbers with blanks may be those of telephones.
    """
    if not pc.any(pc.match_substring_regex(cells, UNUSUAL)).as_py():
        return cells
    cells = pc.replace_substring(cells, MINUS, "-")
    plain = pc.replace_substring_regex(cells, BRACKETS, r"-\1")
    plain = pc.replace_substring_regex(plain, SIGNED, r"\1\2\3")
    clear = pc.match_substring_regex(plain, CLEARLY_SPACED)
    if pc.any(clear).as_py() or signs(cells) or are_apart(plain):
        return without_blanks(plain)
    return plain


def are_apart(cells: pa.StringArray) -> bool:
    """Whether blanks part the thousands of whole numbers that are not all of one length.

    Telephone numbers have one length, or groups of others than three digits, or begin with 0.
    """
    if not pc.all(pc.match_substring_regex(cells, APART)).as_py():
        return False
    lengths = pc.utf8_length(cells)
    return bool(pc.less(pc.min(lengths), pc.max(lengths)).as_py()) and bool(
        pc.any(pc.match_substring_regex(cells, SPACED)).as_py()
    )


def without_blanks(cells: pa.StringArray) -> pa.StringArray:
    """Cells without the blanks between thousands."""
    is_spaced = pc.match_substring_regex(cells, SPACED)
    return pc.if_else(is_spaced, pc.replace_substring_regex(cells, rf"[{BLANKS}']", ""), cells)


def signs(cells: pa.StringArray) -> list[str]:
    """The different currencies and percent signs that stand at numbers."""
    numbers = cells.filter(pc.match_substring_regex(cells, SIGNED))
    found = pc.match_substring_regex(numbers, SHOWN.pattern)
    return sorted({it for cell in numbers.filter(found).to_pylist() for it in SHOWN.findall(cell)})


def describe_signs(name: str, cells: pa.StringArray) -> list[str]:
    """A note on the signs that are left out of a column's numbers, if there are any."""
    found = signs(cells)
    if not found:
        return []
    listed = " and ".join(found)
    if len(found) > 1:
        return [
            f"column {name!r} mixes {listed}: they are left out and count as the same unit: split "
            "it by unit if they are not"
        ]
    return [f"column {name!r}: {listed} is left out of its numbers"]


def has_leading_zeros(cells: pa.ChunkedArray) -> bool:
    """Whether a column holds codes such as 01234, of which a number would lose the zero."""
    if (pc.max(pc.binary_length(cells)).as_py() or 0) < 2:
        return False
    starts = cells.filter(pc.starts_with(cells, "0"))
    starts = starts.filter(pc.greater(pc.binary_length(starts), 1))  # most of them are 0 itself
    return bool(pc.any(pc.match_substring_regex(starts, r"^0\d+$")).as_py())
