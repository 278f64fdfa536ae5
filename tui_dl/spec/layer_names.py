"""The names of layers, ``dense_1``, and their places in the file, ``network[2]``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from tui_dl.spec.experiment import Experiment

PLACE = re.compile(r"network\[\d+\](?:\.layers\[\d+\])*")


def places_by_name(rows: Any) -> dict[str, str]:
    """The place of every layer of a network as TOML has it, by its name.

    Names are those of shape inference: a kind and its number, counted as the network is computed.
    A layer that is repeated has the name of the first time; `repeat` is counted, too.
    """
    places: dict[str, str] = {}
    _count(rows, "network", places, Counter())
    return places


def names_by_place(experiment: Experiment) -> dict[str, str]:
    """The name of every layer of an experiment, by its place."""
    rows = msgspec.to_builtins(experiment.network)
    return {place: name for name, place in places_by_name(rows).items()}


def named(key: str, names: Mapping[str, str]) -> str:
    """`key` with the name of its layer, ``dense_1.units``; other keys as they are."""
    found = PLACE.match(key)
    name = names.get(found[0]) if found else None
    return f"{name}{key[found.end() :]}" if found and name else key


def _count(rows: Any, key: str, places: dict[str, str], numbers: Counter[str]) -> None:
    """Name the layers of `rows`, and count their kinds in `numbers`."""
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if not isinstance(row, dict):
            continue
        place, kind, before = f"{key}[{index}]", row.get("kind"), numbers.copy()
        _count(row.get("layers"), f"{place}.layers", places, numbers)
        if kind == "repeat" and isinstance(times := row.get("times"), int):
            for inner in numbers:
                numbers[inner] += (times - 1) * (numbers[inner] - before[inner])
        numbers[str(kind)] += 1
        places[f"{kind}_{numbers[str(kind)]}"] = place
