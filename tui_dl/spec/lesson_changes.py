"""The changes that a lesson proposes: the ``--set`` examples in its text."""

from __future__ import annotations

import itertools
import re
import shlex

_CODE = re.compile(r"`([^`]*)`")
_OPTION = "--set"


def proposed_changes(text: str) -> list[list[str]]:
    """The overrides of every example in `text`, in order; an example is one piece of code."""
    found = []
    for code in _CODE.findall(text):
        try:
            words = shlex.split(code)
        except ValueError:  # a quote that is not closed
            continue
        if overrides := _overrides(words):
            found.append(overrides)
    return found


def _overrides(words: list[str]) -> list[str]:
    """The words after each ``--set``."""
    pairs = itertools.pairwise(words)
    return [value for option, value in pairs if option == _OPTION]
