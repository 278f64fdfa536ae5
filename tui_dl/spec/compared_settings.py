"""The settings in which experiments differ, layer by layer and key by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import msgspec

from tui_dl.spec.aligned_layers import Slot, aligned
from tui_dl.spec.differences import HISTORY, PARTS, without_defaults
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layer_names import names_by_place
from tui_dl.spec.layers.base import INSIDE
from tui_dl.spec.outline import row_text

Values = tuple[str | None, ...]  # of each experiment; None where it has no such key or layer


def compared_settings(experiments: Sequence[Experiment]) -> dict[str, Values]:
    """Keys that differ, with the value of each experiment; the first one names the layers.

    A layer that some have not is one row, ``relu_2``; those that the first has not are one for
    each place, ``added after relu_1``. A key that some lack, for their loss or layer is of another
    kind, says something where it was chosen: at its default the kind has said it all.
    """
    names = names_by_place(experiments[0])
    found = dict(_of_layers([it.network for it in experiments], "network", names))
    for part in PARTS:
        if part != "network":
            found |= _of_tables([getattr(it, part) for it in experiments], part)
    return found


def settings_of(experiment: Experiment) -> dict[str, str]:
    """All keys of data, network and training with their values, defaults too."""
    raw = experiment.to_builtins()
    every = (it for part in PARTS for it in _flat(part, raw.get(part)))
    return {key: value for key, value in every if not key.startswith(HISTORY)}


def _of_layers(
    networks: Sequence[Sequence[Any]], key: str, names: Mapping[str, str]
) -> Iterator[tuple[str, Values]]:
    """What differs of the layers at `key`, the place of these lists in the first experiment."""
    last = ""
    for added, slots in groupby(aligned(networks), lambda slot: slot[0] is None):
        if added:
            place = f"added after {last}" if last else f"added before {names[f'{key}[0]']}"
            yield place, _texts(networks, list(slots))
            continue
        for slot in slots:
            at = f"{key}[{slot[0]}]"
            last = names[at]
            if None in slot:
                yield last, _texts(networks, [slot])
                continue
            layers = [it[index or 0] for it, index in zip(networks, slot, strict=True)]
            yield from _of_tables(layers, last).items()
            if all(hasattr(it, INSIDE) for it in layers):
                yield from _of_layers([it.layers for it in layers], f"{at}.{INSIDE}", names)


def _texts(networks: Sequence[Sequence[Any]], slots: Sequence[Slot]) -> Values:
    """The layers of each network at some slots, in one line each."""
    lines = (
        " + ".join(_text(network[index]) for slot in slots if (index := slot[column]) is not None)
        for column, network in enumerate(networks)
    )
    return tuple(line or None for line in lines)


def _text(layer: Any) -> str:
    """A layer with the keys that were chosen; with all of them where it is as by default.

    Behind it are the layers that it is made of, if it is: ``residual: dense units=8, relu``.
    """
    chosen = without_defaults(layer)
    text = row_text(chosen if len(chosen) > 1 else msgspec.to_builtins(layer))
    inside = getattr(layer, INSIDE, [])
    return f"{text}: {', '.join(map(_text, inside))}" if inside else text


def _of_tables(tables: Sequence[Any], name: str) -> dict[str, Values]:
    """The keys of tables that differ; those of layers inside of a layer are not among them."""
    settings = [dict(_flat(name, _without_layers(msgspec.to_builtins(it)))) for it in tables]
    chosen = {key for it in tables for key, _ in _flat(name, _without_layers(without_defaults(it)))}
    found: dict[str, Values] = {}
    for key in (key for of in settings for key in of):
        values = tuple(it.get(key) for it in settings)
        differ = len({*values} - {None}) > 1 or (None in values and key in chosen)
        if differ and not key.startswith(HISTORY):
            found[key] = values
    return found


def _without_layers(table: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key != INSIDE}


def _flat(key: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(f"{key}.{name}", inner)
    elif isinstance(value, list) and any(isinstance(it, dict | list) for it in value):
        for place, inner in enumerate(value):
            yield from _flat(f"{key}[{place}]", inner)
    elif value is not None and value != []:
        yield key, str(value).lower() if isinstance(value, bool) else str(value)
