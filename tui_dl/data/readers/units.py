"""Units behind numbers, such as in 12 kg, 3.5km/h or 40 hours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tui_dl.data.readers.magnitudes import MAGNITUDES, have_magnitudes, with_exponents
from tui_dl.data.readers.number_signs import BLANKS, DIGITS, MINUS, without_blanks

LETTERS = "A-Za-zµÀ-ÖØ-öø-ɏͰ-ϿЀ-ӿぁ-ヿㄱ-ㆎ一-鿿가-힣°²³‰″′"
WORD = rf"[{LETTERS}][{LETTERS}0-9/^.*·\-]{{0,15}}"
WITHOUT_POINT = DIGITS.replace(r"|\d+[.,]", "")  # behind it: 12.jpg is a file
NUMBER = rf"^([-+{MINUS}]?[{BLANKS}]?{WITHOUT_POINT})[{BLANKS}]{{0,2}}"
STARTS_NUMBER = f"0123456789-+.,{MINUS}"
STARTS = rf"^[-+{MINUS}{BLANKS}]?[.,]?\d"
WITH_UNIT = rf"{NUMBER}(?P<unit>{WORD}(?:[{BLANKS}]{WORD}){{0,2}})$"
NO_UNITS = frozenset({"st", "nd", "rd", "th", "am", "pm"})  # ordinals and halves of a day
LOOKED_AT = 1000  # cells by which most columns are ruled out
FEW = 20  # cells by which the others are, where only their marks are looked for
MOST_UNITS = 5  # of a column: of more the letters behind numbers are no units
LEAST = 0.5  # of the cells have a unit: others may leave it out


def units(cells: pa.StringArray) -> dict[str, int]:
    """The units that most cells have behind their number, and the first cell that has each.

    A unit and its plural are one. There are none where the letters differ as those of codes do.
    """
    start = cells.slice(0, LOOKED_AT)
    digits = pc.sum(pc.match_substring_regex(start, STARTS)).as_py() or 0
    if digits < LEAST * len(start):  # the pattern of units takes long to compile
        return {}
    for part in (start, cells):
        fields = pc.extract_regex(part, WITH_UNIT.replace("(", "(?:", 1))
        if not len(part) or len(part) - fields.null_count < LEAST * len(part):
            return {}
    rows = np.flatnonzero(fields.is_valid().to_numpy(zero_copy_only=False))
    names = fields.drop_null().field("unit").dictionary_encode()
    if len(names.dictionary) > 2 * MOST_UNITS:  # with their plurals
        return {}
    codes = names.indices.to_numpy()
    found: dict[str, tuple[str, int]] = {}  # by stem
    for code, unit in enumerate(names.dictionary.to_pylist()):
        stem, first = _stem(unit), int(rows[int(np.argmax(codes == code))])
        before, first = found.get(stem, (unit, first))
        found[stem] = max(before, unit, key=len), first
    if len(found) > MOST_UNITS or NO_UNITS & {it.lower() for it in found}:
        return {}
    if len(found) > 1 and all(it.isupper() for it in found):  # 12A and 1AB are codes
        is_amount = pc.match_substring_regex(cells, rf"\d[.,{BLANKS}]")  # as in 12.5N and 12 KG
        return dict(found.values()) if pc.any(is_amount).as_py() else {}
    return dict(found.values())


def only(found: Mapping[str, int], cells: pa.StringArray) -> str:
    """The one unit that was found, or `MAGNITUDES`; empty where there is none, or more than one."""
    if have_magnitudes(cells):
        return MAGNITUDES
    return next(iter(found)) if len(found) == 1 else ""


def without_unit(cells: pa.StringArray, unit: str) -> pa.StringArray:
    """Cells without the unit behind their number, which may be the plural."""
    if not unit:
        return cells
    if unit == MAGNITUDES:
        return with_exponents(cells)
    stem = _stem(unit)
    plural = "s?" if len(stem) > 1 else ""
    form = f"{NUMBER}{re.escape(stem)}{plural}$"
    plain = pc.replace_substring_regex(cells, form, r"\1")
    return pc.if_else(pc.match_substring_regex(cells, form), without_blanks(plain), plain)


def numbers_alone(cells: Sequence[str]) -> Sequence[str]:
    """The first cells of a column without units, if most of them have some."""
    start = [it for it in cells[:FEW] if it[:1] in STARTS_NUMBER and not it[-1:].isdigit()]
    least = max(LEAST * min(len(cells), FEW), 1)
    if len(start) < least:  # the pattern takes long to compile
        return cells
    if sum(re.match(WITH_UNIT, it) is not None for it in start) < least:
        return cells
    return [found[1] if (found := re.match(WITH_UNIT, it)) else it for it in cells]


def _stem(unit: str) -> str:
    """A unit without the s of a plural: hour of hours, but ms is not m."""
    return unit[:-1] if len(unit) > 2 and unit.endswith("s") else unit
