"""What changes between two experiments, in words: the value before, and the one after."""

from __future__ import annotations

from collections.abc import Sequence

from tui_dl.spec.differences import described
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.flat_override import flat
from tui_dl.spec.layer_names import PLACE, names_by_place
from tui_dl.spec.toml.overrides import pair


def changed_settings(before: Experiment, after: Experiment) -> list[str]:
    """Each change: ``train.epochs: 10 → 20``; layers that come or go: ``+dropout``.

    Layers that change alike are said together, also those that one row of the file repeats:
    ``sigmoid_1 … sigmoid_12: sigmoid → relu``.
    """
    was = {key: value for it in described(after, before) for key, value in _flat(it)}
    layers: dict[str, list[str]] = {}  # the names of all layers of a row, by its place
    for node in before.nodes:
        layers.setdefault(node.key, []).append(node.name)
    rows = names_by_place(before)
    changes = described(before, after, of_before=True)  # places as the names have them
    found: dict[tuple[str, str], list[str]] = {}  # layers, by what is changed of them
    for key, value in (it for change in changes for it in _flat(change)):
        old = f"{was[key]} → " if key in was else ""
        place = PLACE.match(key)
        if value and place and place[0] in rows:
            key, names = key.removeprefix(place[0]), layers.get(place[0], [rows[place[0]]])
        else:
            names = []
        setting = key.removesuffix(".kind")
        found.setdefault((setting, f": {old}{value}" if value else ""), []).extend(names)
    return [f"{_listed(names)}{setting}{says}" for (setting, says), names in found.items()]


def _flat(change: str) -> list[tuple[str, str]]:
    """Keys and values of an override; what is none has no value."""
    key, equals, value = pair(change)
    return flat(key, value) if equals else [(key, "")]


def _listed(names: Sequence[str]) -> str:
    """Names of layers; of several that are counted without a gap, the first and the last."""
    kind, _, number = names[0].rpartition("_") if names else ("", "", "")
    if len(names) > 2 and names[-1] == f"{kind}_{int(number) + len(names) - 1}":
        return f"{names[0]} … {names[-1]}"
    return ", ".join(names)
