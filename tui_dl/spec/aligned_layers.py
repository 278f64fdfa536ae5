"""Which layers of several networks are the same one, as a diff finds the same lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tui_dl.spec.layers.base import INSIDE

# What it costs to say that a layer came or went, that a key of it changed, or that another one of
# its sort stands there, or one of another sort: the cheapest alignment says what differs.
GAP, KEYS, SORT, KIND = 4, 2, 4, 7
NEVER = 2 * GAP + 1  # more than to take one out and to add the other

Slot = tuple[int | None, ...]  # the index of a layer in each network; None where it has none


def aligned(networks: Sequence[Sequence[Any]]) -> list[Slot]:
    """The layers of all networks in order, each network aligned with those before it."""
    slots: list[Slot] = [(index,) for index in range(len(networks[0]))]
    layers = list(networks[0])  # of each slot, the first that is known
    for count, network in enumerate(networks[1:], 1):
        pairs = _pairs(layers, network)
        slots = [(*(slots[old] if old is not None else (None,) * count), new) for old, new in pairs]
        layers = [layers[old] if old is not None else network[new or 0] for old, new in pairs]
    return slots


def _pairs(before: Sequence[Any], after: Sequence[Any]) -> list[tuple[int | None, int | None]]:
    """The cheapest alignment of two lists, by dynamic programming (Needleman & Wunsch 1970)."""
    first = 0  # what is alike at the beginning needs no table
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    old, new = before[first:], after[first:]
    costs = [[GAP * (i + j) for j in range(len(new) + 1)] for i in range(len(old) + 1)]
    for i, one in enumerate(old, 1):
        for j, other in enumerate(new, 1):
            costs[i][j] = min(
                costs[i - 1][j - 1] + _cost(one, other),
                costs[i - 1][j] + GAP,
                costs[i][j - 1] + GAP,
            )
    found: list[tuple[int | None, int | None]] = []
    i, j = len(old), len(new)
    while i or j:
        if i and j and costs[i][j] == costs[i - 1][j - 1] + _cost(old[i - 1], new[j - 1]):
            i, j = i - 1, j - 1
            found.append((first + i, first + j))
        elif i and costs[i][j] == costs[i - 1][j] + GAP:
            i -= 1
            found.append((first + i, None))
        else:
            j -= 1
            found.append((None, first + j))
    return [*((at, at) for at in range(first)), *reversed(found)]


def _cost(one: Any, other: Any) -> int:
    """How much has to be said where `other` stands in place of `one`."""
    if hasattr(one, INSIDE) != hasattr(other, INSIDE):
        return NEVER
    if type(one) is not type(other):
        return SORT if one.is_activation and other.is_activation else KIND
    return 0 if one == other else KEYS
