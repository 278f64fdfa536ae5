"""The title of a run: its preset, and what differs from it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui_dl.spec.experiment import Experiment
from tui_dl.spec.flat_override import flat
from tui_dl.spec.layer_names import named, names_by_place
from tui_dl.spec.toml.overrides import pair

SEPARATOR = " · "
MOST_NAMED = 3  # changes in a title
_KINDS = ("kind", "source")  # keys that say what a table is
_NAME = re.compile(r"\w+")
_NAMES = re.compile(r"""\[ ?(["'])\w+\1(, ?(["'])\w+\3)* ?\]""")
_LAST = re.compile(r"(?:.*\.)?([^.]+)")


def run_title(preset: str, changes: Sequence[str], experiment: Experiment) -> str:
    """`preset` and what makes `experiment` of it, in short: lenet5 · filters=12 · seed=3."""
    return titled(preset, short_changes(changes, experiment))


def titled(preset: str, words: Sequence[str]) -> str:
    """`preset` and the first of `words`, and how many more there are."""
    more = [f"{len(words) - MOST_NAMED} more"] * (len(words) > MOST_NAMED)
    return SEPARATOR.join([preset, *words[:MOST_NAMED], *more])


def short_changes(changes: Sequence[str], experiment: Experiment) -> list[str]:
    """Overrides in short: the last part of each key, or the whole key where two would be alike.

    Two that say the same of two layers become one. A kind of layer stands alone: ``relu``; so does
    what is no override: ``+dropout``. Of a table each key is said, of layers their kinds. In a
    whole key a layer of `experiment` has its name.
    """
    pairs = [
        it
        for key, equals, value in map(pair, changes)
        for it in (flat(key, value) if equals else [("", key)])
    ]
    short = [(_short(key), value) for key, value in pairs]
    values: dict[str, set[str]] = {}
    for name, value in short:
        values.setdefault(name, set()).add(value)
    names = names_by_place(experiment)
    found = [
        f"{name if len(values[name]) == 1 else named(key, names)}={_said(value)}".removeprefix("=")
        for (key, _), (name, value) in zip(pairs, short, strict=True)
    ]
    return list(dict.fromkeys(found))


def _said(value: str) -> str:
    """A list of names as ``accuracy + f1``; other values as they are written."""
    return " + ".join(_NAME.findall(value)) if _NAMES.fullmatch(value) else value


def _short(key: str) -> str:
    """The last part of a key; of a kind that of its table, and nothing of a layer's."""
    table, _, last = key.rpartition(".")
    if last not in _KINDS or not table:
        return last
    found = _LAST.fullmatch(table)
    name = found[1] if found else table
    return "" if name.endswith("]") else name
