"""What differs between two experiments, as the overrides that turn one into the other."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

import msgspec

from tui_dl.spec.experiment import Experiment
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


def described(before: Experiment, after: Experiment) -> list[str]:
    """The same for a title: layers that were added or taken out are named, ``+dropout -relu``."""
    if len(before.network) == len(after.network):
        return differences(before, after)
    found: list[str] = []
    old, new = ([str(it.__struct_config__.tag) for it in of.network] for of in (before, after))
    for same, start, end, first, last in SequenceMatcher(None, old, new, False).get_opcodes():
        if same == "equal":
            pairs = zip(before.network[start:end], after.network[first:last], strict=True)
            for index, pair in enumerate(pairs, first):
                found += _changes(*pair, f"network[{index}]")
        else:
            found += [f"+{kind}" for kind in new[first:last]]
            found += [f"-{kind}" for kind in old[start:end]]
    for part in ("train", "data"):
        found += _changes(getattr(before, part), getattr(after, part), part)
    return found


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
