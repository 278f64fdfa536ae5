"""Turns a decoder's complaint into one line with the key path and the nearest valid key."""

from __future__ import annotations

import re
from difflib import get_close_matches
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec

_PLACE = re.compile(r" - at `(?:key in )?\$([^`]*)`$")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`")


def explain(error: msgspec.ValidationError, raw: object, cls: type[msgspec.Struct]) -> str:
    """One line for `error`, raised while `raw` was converted to `cls`."""
    message = str(error)
    found = _PLACE.search(message)
    key = found.group(1).lstrip(".") if found else ""
    message = _PLACE.sub("", message)
    if unknown := _UNKNOWN.fullmatch(message):
        name = unknown.group(1)
        valid = _fields(raw, cls, key)
        return f"{key}{'.' * bool(key)}{name}: unknown key{_suggest(name, valid)}"
    if message.startswith("Invalid value"):
        value, valid = _tags(raw, cls, key)
        return f"{key}: unknown {key.rpartition('.')[2]} {value!r}{_suggest(value, valid)}"
    message = message.replace("Object missing required field", "missing key").replace("`", "")
    return f"{key}: {message[0].lower()}{message[1:]}" if key else message


def _suggest(name: str, valid: list[str]) -> str:
    if close := get_close_matches(name, valid, n=1):
        return f"; did you mean {close[0]!r}?"
    return f"; known: {', '.join(valid)}"


def _fields(raw: object, cls: Any, key: str) -> list[str]:
    """The keys that are valid in the table at `key`."""
    struct, _ = _walk(raw, cls, key)
    names = [field.encode_name for field in msgspec.structs.fields(struct)]
    tag = struct.__struct_config__.tag_field
    return [tag, *names] if tag else names


def _tags(raw: object, cls: Any, key: str) -> tuple[str, list[str]]:
    """The value at `key`, which names a kind, and the kinds that are known there."""
    parent, _, tag = key.rpartition(".")
    choices, table = _walk(raw, cls, parent, pick=False)
    if not isinstance(table, dict):
        return str(table), []
    return str(table.get(tag)), [str(c.__struct_config__.tag) for c in _members(choices)]


def _walk(raw: Any, cls: Any, key: str, pick: bool = True) -> tuple[Any, Any]:
    """The type and the value at `key`, such as ``network[0].layers[1]``."""
    for name, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", key):
        cls = _pick(cls, raw)
        if name:
            field = {f.encode_name: f for f in msgspec.structs.fields(cls)}[name]
            cls, raw = field.type, raw[name]
        else:
            cls, raw = get_args(cls)[0], raw[int(index)]
    return (_pick(cls, raw) if pick else cls), raw


def _pick(cls: Any, raw: Any) -> Any:
    """The member of a union of tables that `raw` is, by its tag."""
    members = _members(cls)
    if len(members) > 1:
        for member in members:
            config = member.__struct_config__
            if raw.get(config.tag_field) == config.tag:
                return member
    return members[0] if members else _bare(cls)


def _members(cls: Any) -> list[Any]:
    cls = _bare(cls)
    options = get_args(cls) if get_origin(cls) in (Union, UnionType) else [cls]
    return [c for c in options if isinstance(c, type) and issubclass(c, msgspec.Struct)]


def _bare(cls: Any) -> Any:
    """`cls` without Annotated's notes."""
    return cls.__origin__ if hasattr(cls, "__metadata__") else cls
