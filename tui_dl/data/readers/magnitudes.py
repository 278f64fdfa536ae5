"""Thousands and millions behind numbers, as in €45K, 4.1M or $3bn."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from tui_dl.data.readers.number_signs import BLANKS, CURRENCY, LONGEST

MAGNITUDES = "K, M or B"  # as the unit of a column
EXPONENTS = {"[Kk]": "e3", "(?:M|mn)": "e6", "(?:B|bn)": "e9"}  # by the letters
NUMBER = rf"^([-+]?{CURRENCY}?[{BLANKS}]?[-+]?\d[\d.,]*)"
AFTER = rf"([{BLANKS}]?{CURRENCY})?$"
LETTERS = "|".join(EXPONENTS)
EITHER = f"{NUMBER}[{BLANKS}]?(?:{LETTERS}){AFTER}"
LOOKED_AT = 1000  # cells by which most columns are ruled out
BEFORE = rf"\d[{BLANKS}]?(?:{LETTERS})"  # the pattern of whole cells takes long to compile
LEAST = 0.5  # of the cells have letters where these may be those of a unit, as in 300 K


def have_magnitudes(cells: pa.StringArray) -> bool:
    """Whether letters behind numbers stand for thousands, millions or billions.

    They do at amounts of money; else where most cells have some, K is among them and others have
    another letter or none: 300 K alone may be a temperature, and 12M a size or months.
    """
    start = cells.slice(0, LOOKED_AT)
    start = start.filter(pc.less_equal(pc.binary_length(start), LONGEST))
    if not pc.any(pc.match_substring_regex(start, BEFORE)).as_py():
        return False
    found = cells.filter(pc.match_substring_regex(cells, EITHER))
    if not len(found):
        return False
    if pc.any(pc.match_substring_regex(found, CURRENCY)).as_py():
        return True
    thousands = pc.sum(pc.match_substring_regex(found, r"\d[Kk]$")).as_py()
    return len(found) >= LEAST * len(cells) and 0 < thousands < len(cells)


def with_exponents(cells: pa.StringArray) -> pa.StringArray:
    """Cells with exponents for these letters: €4.1e6 of €4.1M."""
    for letters, exponent in EXPONENTS.items():
        form = f"{NUMBER}[{BLANKS}]?{letters}{AFTER}"
        cells = pc.replace_substring_regex(cells, form, rf"\1{exponent}\2")
    return cells
