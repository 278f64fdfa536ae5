"""Cells that stand for a missing value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MISSING = frozenset(
    {"", "na", "n/a", "#n/a", "nan", "null", "none", "?", "-", "--", ".", "missing", "\\n"}
    | {"#div/0!", "#ref!", "#value!", "#name?", "#num!", "#null!"}  # errors of spreadsheets
)
"""In lower case; compared without blanks around them."""

NONE = "none"  # which may also be a value among names
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


def stands_among_names(columns: Iterable[Sequence[str]]) -> bool:
    """Whether some column has None beside words."""
    return any(
        NONE in (lower := {it.strip().lower() for it in cells})
        and any(it[:1].isalpha() for it in lower - MISSING)
        for cells in columns
    )


def spellings(missing: frozenset[str]) -> list[str]:
    """`missing` as they are usually written, for readers that compare letter by letter."""
    return sorted(
        {form for it in missing for form in (it, it.upper(), it.title())} | {"NaN", "N/A"}
    )
