"""What differs between two experiments, as the overrides that turn one into the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from tui_dl.spec.aligned_layers import aligned
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import INSIDE
from tui_dl.spec.toml.written import written

PARTS = ("network", "train", "data")  # the other keys are about texts
HISTORY = "train.change"  # what was done to a run, which is no part of its settings
_NOTHING = object()


def differences(before: Experiment, after: Experiment) -> list[str]:
    """Overrides, ``KEY=VALUE`` each, by which `after` differs from `before`."""
    found: list[str] = []
    for part in PARTS:
        found += _changes(getattr(before, part), getattr(after, part), part)
    return found


def described(before: Experiment, after: Experiment, of_before: bool = False) -> list[str]:
    """The same for a title: layers that were added or taken out are named, ``+dropout -relu``.

    Where a layer is, is said by its place in `after`, or in `before` where `of_before` is set.
    """
    found = list(_layer_changes(before.network, after.network, "network", of_before))
    for part in ("train", "data"):
        found += _changes(getattr(before, part), getattr(after, part), part)
    return found


def _layer_changes(
    before: Sequence[Any], after: Sequence[Any], key: str, of_before: bool
) -> Iterator[str]:
    """The changes of layers, and of the layers that these are made of."""
    for old, new in aligned([before, after]):
        if old is None or new is None:
            layer = before[old] if old is not None else after[new or 0]
            yield f"{'+' if old is None else '-'}{layer.__struct_config__.tag}"
            continue
        one, other, place = before[old], after[new], f"{key}[{old if of_before else new}]"
        if not (hasattr(one, INSIDE) and hasattr(other, INSIDE)):
            yield from _changes(one, other, place)
            continue
        yield from _changes(msgspec.structs.replace(one, layers=other.layers), other, place)
        yield from _layer_changes(one.layers, other.layers, f"{place}.{INSIDE}", of_before)


def _changes(before: Any, after: Any, key: str) -> Iterator[str]:
    """The overrides for one value, a table or a list."""
    if key == HISTORY:
        return
    if isinstance(before, msgspec.Struct) and isinstance(after, msgspec.Struct):
        config = after.__struct_config__
        if type(before) is not type(after):
            if _has_others(before, after):
                yield f"{key}={written(without_defaults(after))}"
                return
            yield f"{key}.{config.tag_field}={config.tag}"
        for field in msgspec.structs.fields(after):
            was = getattr(before, field.name, default(field))
            yield from _changes(was, getattr(after, field.name), f"{key}.{field.encode_name}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, pair in enumerate(zip(before, after, strict=True)):
            yield from _changes(*pair, f"{key}[{index}]")
    elif before != after:
        yield f"{key}={written(without_defaults(after))}"


def _has_others(before: msgspec.Struct, after: msgspec.Struct) -> bool:
    """Whether a table has keys, not as by default, that one of another kind does not have."""
    kept = {field.name for field in msgspec.structs.fields(after)}
    return any(
        field.name not in kept and getattr(before, field.name) != default(field)
        for field in msgspec.structs.fields(before)
    )


def without_defaults(value: Any) -> Any:
    """A value, in which tables have only keys that are not as by default."""
    if isinstance(value, list | tuple):
        return [without_defaults(item) for item in value]
    if not isinstance(value, msgspec.Struct):
        return value
    config = value.__struct_config__
    found = {str(config.tag_field): config.tag} if config.tag_field else {}
    for field in msgspec.structs.fields(value):
        if (item := getattr(value, field.name)) != default(field):
            found[field.encode_name] = without_defaults(item)
    return found


def default(field: msgspec.structs.FieldInfo) -> Any:
    """What a key is where it is left out; an object that equals no value where it may not be."""
    if field.default is not msgspec.NODEFAULT:
        return field.default
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return _NOTHING
