"""What differs between two experiments, as the overrides that turn one into the other."""

from __future__ import annotations

from collections.abc import Iterator
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


def _changes(before: Any, after: Any, key: str) -> Iterator[str]:
    """The overrides for one value, a table or a list."""
    if key == HISTORY:
        return
    if isinstance(before, msgspec.Struct) and isinstance(after, msgspec.Struct):
        config = after.__struct_config__
        if type(before) is not type(after):
            if _has_others(before, after):
                yield f"{key}={written(after)}"
                return
            yield f"{key}.{config.tag_field}={config.tag}"
        for field in msgspec.structs.fields(after):
            was = getattr(before, field.name, default(field))
            yield from _changes(was, getattr(after, field.name), f"{key}.{field.encode_name}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, pair in enumerate(zip(before, after, strict=True)):
            yield from _changes(*pair, f"{key}[{index}]")
    elif before != after:
        yield f"{key}={written(after)}"


def _has_others(before: msgspec.Struct, after: msgspec.Struct) -> bool:
    """Whether a table has keys, not as by default, that one of another kind does not have."""
    kept = {field.name for field in msgspec.structs.fields(after)}
    return any(
        field.name not in kept and getattr(before, field.name) != default(field)
        for field in msgspec.structs.fields(before)
    )


def default(field: msgspec.structs.FieldInfo) -> Any:
    """What a key is where it is left out; an object that equals no value where it may not be."""
    if field.default is not msgspec.NODEFAULT:
        return field.default
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return _NOTHING
