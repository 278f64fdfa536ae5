"""Validation of arguments of the Python API, with errors of one line."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from math import isfinite
from pathlib import Path
from reprlib import repr  # a long list is not printed whole

MOST_SEED = 2**63 - 1


def whole(name: str, value: object, least: int, most: int) -> int:
    """The argument `name` as a whole number from `least` to `most`.

    Raises:
        TypeError: `value` is not a whole number.
        ValueError: it is out of range.
    """
    message = f"{name} = {repr(value)}: a whole number from {least} to {most:,} is needed"
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(message) from None
    if isinstance(value, bool):
        raise TypeError(message)
    if not least <= number <= most:
        raise ValueError(message)
    return number


def positive(name: str, value: object) -> float:
    """The argument `name` as a finite number of at least 0.

    Raises:
        TypeError: `value` is not a number.
        ValueError: it is negative or not finite.
    """
    message = f"{name} = {repr(value)}: a number of 0 or more is needed"
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise TypeError(message) from None
    if isinstance(value, bool | str):
        raise TypeError(message)
    if not (number >= 0 and isfinite(number)):
        raise ValueError(message)
    return number


def texts(name: str, value: object) -> list[str]:
    """The argument `name` as a list of texts.

    Raises:
        TypeError: `value` is not a list of texts; a single text is not one.
    """
    if isinstance(value, str):
        raise TypeError(f"{name} = {repr(value)}: a list is needed: write [{repr(value)}]")
    if isinstance(value, Iterable) and not isinstance(value, Mapping):
        found = list(value)
        if all(isinstance(text, str) for text in found):
            return found
    raise TypeError(f"{name} = {repr(value)}: a list of texts is needed")


def path(name: str, value: object, what: str) -> str | Path:
    """The argument `name` as a name or path.

    Raises:
        TypeError: `value` is neither; the message says that `what` is needed.
    """
    if isinstance(value, str | Path) and str(value).strip():
        return value
    raise TypeError(f"{name} = {repr(value)}: {what} is needed")
