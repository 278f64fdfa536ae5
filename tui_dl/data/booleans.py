"""Truth values as categories: JSON writes true what Python writes True and spreadsheets TRUE."""

from __future__ import annotations

from collections.abc import Collection, Sequence

BOOLEANS = frozenset({"true", "false"})


def as_known(names: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """Categories as they are, but truth values as they are written among the `known` ones."""
    if BOOLEANS.isdisjoint(map(str.lower, names)):
        return tuple(names)
    spelt = {it.lower(): it for it in known if it.lower() in BOOLEANS}
    return tuple(it if it in known else spelt.get(it.lower(), it) for it in names)
