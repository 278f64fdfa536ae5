"""What a Python caller hands in, refused in one line where it cannot be."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from math import isfinite
from pathlib import Path
from reprlib import repr  # a long list is not printed whole

MOST_SEED = 2**63 - 1


def whole(name: str, value: object, least: int, most: int) -> int:
    """`value`, of the argument `name`, as a whole number from `least` to `most`.

    Raises:
        TypeError: it is something else.
        ValueError: it is not between these.
    """
    says = f"{name} = {repr(value)}: a whole number from {least} to {most:,} is needed"
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(says) from None
    if isinstance(value, bool):
        raise TypeError(says)
    if not least <= number <= most:
        raise ValueError(says)
    return number


def positive(name: str, value: object) -> float:
    """`value` as a number of at least 0; raises as `whole` does."""
    says = f"{name} = {repr(value)}: a number of 0 or more is needed"
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise TypeError(says) from None
    if isinstance(value, bool | str):
        raise TypeError(says)
    if not (number >= 0 and isfinite(number)):
        raise ValueError(says)
    return number


def texts(name: str, value: object) -> list[str]:
    """`value` as a list of texts; raises TypeError, for one text alone too."""
    if isinstance(value, str):
        raise TypeError(f"{name} = {repr(value)}: a list is needed: write [{repr(value)}]")
    if isinstance(value, Iterable) and not isinstance(value, Mapping):
        found = list(value)
        if all(isinstance(text, str) for text in found):
            return found
    raise TypeError(f"{name} = {repr(value)}: a list of texts is needed")


def path(name: str, value: object, what: str) -> str | Path:
    """`value` as a name or a path; raises TypeError, saying that `what` is needed."""
    if isinstance(value, str | Path) and str(value).strip():
        return value
    raise TypeError(f"{name} = {repr(value)}: {what} is needed")
