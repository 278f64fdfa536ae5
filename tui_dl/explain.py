"""Turns a decoder's complaint into the key path, what is wrong there, and the nearest valid key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from reprlib import repr as short
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

_PLACE = re.compile(r" - at `(?:key in )?\$([^`]*)`$")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`")
_EXPECTED = re.compile(r"Expected `([^`]*)`(.*?)(?:, got .*)?")
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_PLAIN = {
    "object": "a table",
    "array": "a list",
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
}


def explain(
    error: msgspec.ValidationError, raw: object, cls: type[msgspec.Struct]
) -> tuple[str, str]:
    """The key path and one line for `error`, raised while `raw` was converted to `cls`."""
    message = str(error)
    found = _PLACE.search(message)
    key = found.group(1).lstrip(".") if found else ""
    message = _PLACE.sub("", message)
    if unknown := _UNKNOWN.fullmatch(message):
        name = unknown.group(1)
        return f"{key}.{name}".lstrip("."), f"unknown key{suggest(name, _fields(raw, cls, key))}"
    if message.startswith("Invalid"):
        value, valid = _choices(raw, cls, key)
        name = key.rpartition(".")[2].partition("[")[0]
        return key, f"unknown {name} {short(value)}{suggest(value, valid)}"
    if expected := _EXPECTED.fullmatch(message):
        kinds, limit = expected.groups()
        words = "str" in kinds.split(" | ")[1:]  # beside numbers there are only certain ones
        kind = " or ".join(_known(raw, cls, key)) if words else _plain(kinds)
        return key, f"expected {kind}{_grouped(limit)}, found {_found(_at(raw, key))}"
    return key, message.replace("Object missing required field", "missing key").replace("`", "")


def suggest(name: str, valid: Sequence[str], otherwise: str | None = None) -> str:
    """The valid name that was perhaps meant, or `otherwise`, or all of them."""
    if close := get_close_matches(name.lower(), valid, n=1):
        return f"; did you mean {close[0]!r}?"
    return f"; {otherwise or 'known: ' + ', '.join(valid)}"


def _plain(kinds: str) -> str:
    """`int | null` in words."""
    return " or ".join(_PLAIN.get(kind, kind) for kind in kinds.split(" | ") if kind != "null")


def _grouped(limit: str) -> str:
    """` <= 1000000.0` with its number as one reads it."""
    return re.sub(r"(\d+)(\.0)?", lambda number: f"{int(number[1]):,}", limit)


def _found(value: object) -> str:
    """A value of the file in words."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"text {short(value)}"
        case int() | float():
            return short(value)
        case list():
            return f"a list of {len(value)}"
        case dict():
            return "a table"
        case _:
            return f"a {type(value).__name__}"  # date, time or datetime


def _fields(raw: object, cls: Any, key: str) -> list[str]:
    """The keys that are valid in the table at `key`."""
    struct = _pick(_type(raw, cls, key), _at(raw, key))
    names = [field.encode_name for field in msgspec.structs.fields(struct)]
    tag = struct.__struct_config__.tag_field
    return [tag, *names] if tag else names


def _choices(raw: object, cls: Any, key: str) -> tuple[str, list[str]]:
    """The value at `key`, which is none of those that are known there, and these."""
    parent, _, name = key.rpartition(".")
    kind = _type(raw, cls, parent)
    members = _members(kind)
    if any(member.__struct_config__.tag_field == name for member in members):
        valid = [str(member.__struct_config__.tag) for member in members]
    else:
        valid = _known(raw, cls, key)
    return str(_at(raw, key)), valid


def _known(raw: object, cls: Any, key: str) -> list[str]:
    """What may be written at `key`."""
    return [word for option in _options(_type(raw, cls, key)) for word in _words(option)]


def _words(option: Any) -> list[str]:
    """What may be written for one member of a union."""
    if get_origin(option) is Literal:
        return list(get_args(option))
    name = _bare(option).__name__
    return [_PLAIN[name]] if name in _PLAIN else []


def _at(raw: Any, key: str) -> Any:
    """The value at `key`, such as ``network[0].layers[1]``."""
    for name, index in _STEP.findall(key):
        raw = raw[name or int(index)]
    return raw


def _type(raw: Any, cls: Any, key: str) -> Any:
    """The type of the value at `key`."""
    for name, index in _STEP.findall(key):
        if name:
            fields = msgspec.structs.fields(_pick(cls, raw))
            cls = next(field.type for field in fields if field.encode_name == name)
            raw = raw[name]
        else:
            cls, raw = get_args(_bare(cls))[0], raw[int(index)]
    return cls


def _pick(cls: Any, raw: Any) -> Any:
    """The member of a union of tables that `raw` is, by its tag."""
    members = _members(cls)
    tagged = [
        m for m in members if raw.get(m.__struct_config__.tag_field) == m.__struct_config__.tag
    ]
    return (tagged or members)[0]


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
