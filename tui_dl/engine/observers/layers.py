"""The layers that are observed, where a network has many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


def some(items: Sequence[Item], most: int) -> list[Item]:
    """At most `most` of `items`, evenly spaced, the first and the last among them."""
    if len(items) <= most:
        return list(items)
    last = len(items) - 1
    return [items[round(index * last / max(most - 1, 1))] for index in range(most)]
