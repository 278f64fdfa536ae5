"""The types of an experiment file's tables, followed along a key path.

A key path is ``train.loss.kind`` or ``network[0].layers[1]``; `raw` is the file as TOML has it,
which says of every union what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

PLAIN = {
    "object": "a table",
    "array": "a list",
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
}
UNCHANGED = "constant"  # the schedule that is none
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_fields = cache(msgspec.structs.fields)  # a tenth of the time of reading experiments otherwise


def at(raw: Any, key: str) -> Any:
    """The value at `key`."""
    for step in _steps(key):
        raw = raw[step]
    return raw


def type_at(raw: Any, cls: Any, key: str) -> Any:
    """The type of the value at `key`."""
    for step in _steps(key):
        cls, raw = below(cls, raw, step), raw[step]
    return cls


def below(cls: Any, raw: Any, step: str | int) -> Any:
    """The type of one part of `raw`, which is a `cls`; None where there can be no such part."""
    if isinstance(step, str):
        field = _field(cls, raw, step)
        return field and field.type
    parts = get_args(_bare(cls))
    return parts[0] if parts else None


def absent(cls: Any, raw: Any, name: str) -> Any:
    """What the key `name` stands for where `raw`, which is a `cls`, does not have it.

    A default table's kind, a default list, or an empty table.
    """
    field = _field(cls, raw, name)
    default = field and field.default
    if isinstance(default, msgspec.Struct):
        config = default.__struct_config__
        return {config.tag_field: config.tag} if config.tag_field else {}
    if isinstance(default, tuple):
        return list(default)
    return [] if field and get_origin(_bare(field.type)) is list else {}


def may_be_left_out(cls: Any, raw: Any, name: str) -> bool:
    """Whether nothing is in place of the key `name` where `raw`, which is a `cls`, is without it.

    What is there by default then is None, an empty list, or a table of the kind that changes
    nothing.
    """
    field = _field(cls, raw, name)
    if field is None or field.required:
        return False
    if field.default is msgspec.NODEFAULT:
        return get_origin(_bare(field.type)) is list
    tag = field.default.__struct_config__.tag if isinstance(field.default, msgspec.Struct) else ""
    return field.default is None or field.default == () or tag == UNCHANGED


def is_optional(raw: Any, cls: Any, key: str) -> bool:
    """Whether nothing is there without the key path; False where that leads nowhere."""
    parent, _, name = key.rpartition(".")
    try:
        return may_be_left_out(type_at(raw, cls, parent), at(raw, parent), name)
    except (LookupError, TypeError):  # a strange key of the file, as it is printed
        return False


def outdated(cls: Any, raw: Any, kind: str) -> list[str]:
    """The keys of `raw`, which is a `cls`, that are as by default and that a `kind` does not have.

    A file that is written out has them all, and they say nothing.
    """
    old = _pick(cls, raw)
    tag = old.__struct_config__.tag_field
    new = _names(_pick(cls, raw | {tag: kind}))
    return [
        field.encode_name
        for field in msgspec.structs.fields(old)
        if field.encode_name in raw.keys() - {*new} and raw[field.encode_name] == field.default
    ]


def keys(raw: Any, cls: Any, key: str) -> list[str]:
    """The keys that are valid in the table at `key`."""
    return _names(_pick(type_at(raw, cls, key), at(raw, key)))


def words(raw: Any, cls: Any, key: str) -> list[str]:
    """What may be written at `key`."""
    parent, _, name = key.rpartition(".")
    if found := kinds(type_at(raw, cls, parent), name):
        return found
    return [word for option in _options(type_at(raw, cls, key)) for word in _of(option)]


def literals(cls: Any) -> list[str]:
    """The words that a value of this type may be; also true and false."""
    found = [
        str(word) for it in _options(cls) if get_origin(it) is Literal for word in get_args(it)
    ]
    return found + ["true", "false"] * (bool in _options(cls))


def kinds(cls: Any, name: str) -> list[str]:
    """What the key `name` may say of the table that `cls` is; nothing if that is not its kind.

    These are kinds, and the names of data sets, which are short for a kind.
    """
    found = [it for it in _members(cls) if it.__struct_config__.tag_field == name]
    short = [one for it in found for one in getattr(it, "short_names", ())]
    return [*(str(it.__struct_config__.tag) for it in found), *short]


def paths(cls: Any, key: str = "") -> Iterator[str]:
    """Every key path that leads to one place: through tables of all kinds, but through no list."""
    for member in _members(cls):
        for name in _names(member):
            yield f"{key}.{name}".lstrip(".")
        for field in _fields(member):
            yield from paths(field.type, f"{key}.{field.encode_name}".lstrip("."))


def _steps(key: str) -> list[str | int]:
    return [name or int(index) for name, index in _STEP.findall(key)]


def _field(cls: Any, raw: Any, name: str) -> Any:
    """The key `name` of the table `raw`; None where it has no such key."""
    fields = _fields(_pick(cls, raw)) if _members(cls) else ()
    return next((field for field in fields if field.encode_name == name), None)


def _names(struct: Any) -> list[str]:
    names = [field.encode_name for field in _fields(struct)]
    tag = struct.__struct_config__.tag_field
    return [tag, *names] if tag else names


def _of(option: Any) -> list[str]:
    """What may be written for one member of a union."""
    if get_origin(option) is Literal:
        return list(get_args(option))
    name = _bare(option).__name__
    return [PLAIN[name]] if name in PLAIN else []


def _pick(cls: Any, raw: Any) -> Any:
    """The member of a union of tables that `raw` is, by its tag."""
    members = _members(cls)
    configs = [member.__struct_config__ for member in members]
    tagged = [raw.get(config.tag_field) == config.tag for config in configs]
    return members[tagged.index(True) if True in tagged else 0]


def _members(cls: Any) -> list[Any]:
    """The tables that `cls` may be."""
    return [c for c in _options(cls) if isinstance(c, type) and issubclass(c, msgspec.Struct)]


def _options(cls: Any) -> list[Any]:
    """The members of a union, or `cls` alone."""
    cls = _bare(cls)
    return list(get_args(cls)) if get_origin(cls) in (Union, UnionType) else [cls]


def _bare(cls: Any) -> Any:
    """`cls` without Annotated's notes."""
    return cls.__origin__ if hasattr(cls, "__metadata__") else cls
