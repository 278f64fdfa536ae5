"""Cells that stand for a missing value."""

from __future__ import annotations

MISSING = frozenset(
    {"", "na", "n/a", "#n/a", "nan", "null", "none", "?", "-", "--", ".", "missing", "\\n"}
    | {"#div/0!", "#ref!", "#value!", "#name?", "#num!", "#null!"}  # errors of spreadsheets
)
"""In lower case; compared without blanks around them."""


def spellings(missing: frozenset[str]) -> list[str]:
    """`missing` as they are usually written, for readers that compare letter by letter."""
    return sorted(
        {form for it in missing for form in (it, it.upper(), it.title())} | {"NaN", "N/A"}
    )
