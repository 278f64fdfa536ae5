"""What of an experiment is another than in the one it was made of: its short title."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers import KINDS

MOST_NAMED = 3  # differences in a title
TOLD = ("title", "chapter", "lesson", "format", "change")  # what changes no number of a training

Difference = tuple[tuple[str | int, ...], Any]  # the path of a key, and its value


def differences(before: Experiment, after: Experiment) -> list[Difference]:
    """The keys of `after` that have another value than in `before`, where tables end."""
    old, new = (msgspec.to_builtins(it) for it in (before, after))
    if after.reads_file:  # what was found out of the file is written into its keys
        old["data"] = new["data"]
    return list(_of((), old, new))


def _of(path: tuple[str | int, ...], old: Any, new: Any) -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        same_kind = old.get("kind") == new.get("kind")
        for key in new:
            if key not in TOLD and (key in old or same_kind):
                yield from _of((*path, key), old.get(key), new[key])
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _of((*path, index), one, other)
    else:
        yield path, new


def short_title(name: str, found: list[Difference]) -> str:
    """A run's name and what differs from it: ``lenet5 · filters=12 · optimizer=adam``."""
    words = [_word(path, value) for path, value in found]
    words = list(dict.fromkeys(words))  # the same in several layers
    more = [f"{len(words) - MOST_NAMED} more"] * (len(words) > MOST_NAMED)
    return " · ".join([name, *words[:MOST_NAMED], *more])


def _word(path: tuple[str | int, ...], value: Any) -> str:
    """A difference as ``key=value``; of a kind the key is what it is a kind of."""
    names = [it for it in path if isinstance(it, str)]
    key = names[-1]
    if key == "kind":
        layer = KINDS.get(value) if names[0] == "network" else None
        key = names[-2] if layer is None else "activation" if layer.is_activation else "layer"
    if isinstance(value, dict):
        value = value.get("kind", "set")
    if isinstance(value, list):
        value = "changed"
    if value is None:
        value = "none"
    return f"{key}={value:g}" if isinstance(value, float) else f"{key}={value}"
