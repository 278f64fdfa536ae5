"""Cells that stand for a missing value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MISSING = frozenset(
    {"", "na", "n/a", "#n/a", "nan", "null", "none", "?", "-", "--", ".", "missing", "\\n"}
    | {"#div/0!", "#ref!", "#value!", "#name?", "#num!", "#null!"}  # errors of spreadsheets
)
"""In lower case; compared without blanks around them."""

MAYBE = frozenset({"na", "n/a", "none", "?", "-", "--", ".", "missing"})
"""Those that may also be values among names."""

MINUS = "-"
SIGNS = "+ and - are values"
BUT_MINUS = MISSING - {MINUS}


def without_minus(columns: Iterable[Sequence[str | None]]) -> tuple[str, ...] | None:
    """`MISSING` without the minus, where some column has it beside a plus: both are values there.

    None where there is no such column.
    """
    if any("+" in cells and MINUS in cells for cells in columns):
        return tuple(sorted(BUT_MINUS - {""}))
    return None


def found_maybe(cells: Sequence[str], is_target: bool) -> frozenset[str]:
    """Those of `MAYBE` in a column, if they are beside words or it may be the target."""
    found = MAYBE_SPELT.intersection(cells)
    if not found:
        return frozenset()
    if not (is_target or any(it[:1].isalpha() for it in cells if it.lower() not in MISSING)):
        return frozenset()
    return frozenset(it.lower() for it in found)


def spellings(missing: frozenset[str]) -> list[str]:
    """`missing` as they are usually written, for readers that compare letter by letter."""
    return sorted(
        {form for it in missing for form in (it, it.upper(), it.title())} | {"NaN", "N/A"}
    )


MAYBE_SPELT = frozenset(spellings(MAYBE))
