"""The changes that a lesson proposes: the ``--set`` examples in its text."""

from __future__ import annotations

import itertools
import re
import shlex
from collections.abc import Callable
from typing import NamedTuple

_CODE = re.compile(r"`([^`]*)`")
_OPTION, _VARIANTS = "--set", "--variants"


class Example(NamedTuple):
    """One piece of code that has the option.

    Attributes:
        code: as it is written.
        overrides: the words after each ``--set``.
        variants: whether it is of the variants too, and not of the preset alone.
    """

    code: str
    overrides: list[str]
    variants: bool


def proposed_changes(text: str) -> list[list[str]]:
    """The overrides of every example in `text`, in order."""
    return [it.overrides for it in examples(text)]


def examples(text: str) -> list[Example]:
    """Every example in `text`, in order."""
    return [it for it in map(_example, _CODE.findall(text)) if it is not None]


def rewritten(text: str, write: Callable[[int, Example], str]) -> str:
    """`text` with other words in the place of each example, which `write` makes.

    Args:
        text: that has the examples.
        write: takes the number of an example, from 0 on, and the example.
    """
    numbers = itertools.count()

    def replace(found: re.Match[str]) -> str:
        example = _example(found[1])
        return found[0] if example is None else write(next(numbers), example)

    return _CODE.sub(replace, text)


def _example(code: str) -> Example | None:
    try:
        words = shlex.split(code)
    except ValueError:  # a quote that is not closed
        return None
    overrides = [value for option, value in itertools.pairwise(words) if option == _OPTION]
    return Example(code, overrides, _VARIANTS in words) if overrides else None
