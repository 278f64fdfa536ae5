"""The first items of a list that may grow, without a copy of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from operator import eq
from typing import Any, TypeVar, overload

Item = TypeVar("Item", covariant=True)


class Beginning(Sequence[Item]):
    """The first `end` of `items`; equal to any sequence that has the same ones."""

    def __init__(self, items: Sequence[Item], end: int) -> None:
        self._items, self._end = items, end

    def __len__(self) -> int:
        return self._end

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> list[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | list[Item]:
        chosen = range(self._end)[place]
        if isinstance(chosen, range):
            return [self._items[it] for it in chosen]
        return self._items[chosen]

    def __iter__(self) -> Iterator[Item]:
        return islice(self._items, self._end)

    def __eq__(self, other: Any) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(map(eq, self, other))

    def __repr__(self) -> str:
        return repr([*self])
