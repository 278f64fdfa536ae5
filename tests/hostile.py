"""Strings that do harm where a terminal obeys them, put into whatever can hold a string."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from unicodedata import category

import msgspec

from tui_dl.protocol.events import Started
from tui_dl.protocol.step_record import step_fields

CONTROLS = (
    "\x1b]0;TITLE\x07\x1b[31m\x1b[2J\x08\x00\x7f"  # ESC, BEL, backspace, NUL, DEL
    "\x9b31m\x9d0;TITLE\x9c\x85"  # C1
    "\u202e\u2066\u200f\u061c"  # bidirectional
    "\u200b\u200d\u2060\ufeff\u00ad\u2028\U000e0041"  # not to be seen
)
MARKUP = "[red]HOT[/red][@click=app.quit]PRESS[/]"
TEXT = f"{MARKUP}{CONTROLS}"
FORBIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def forbidden(text: str) -> list[str]:
    """Characters of `text` that no terminal may get, line ends and tabs apart."""
    found = {it for it in text if category(it) in FORBIDDEN and it not in "\n\t"}
    return sorted(map(ascii, found))


def holding(cls: type[msgspec.Struct], text: str) -> Any:
    """A `cls` that holds `text` in every place where a string can be."""
    hints = get_type_hints(cls, include_extras=True)
    fields = msgspec.structs.fields(cls)
    values = {field.name: _value(hints[field.name], text) for field in fields}
    if cls is Started:  # one of other fields is refused: no record could be read by it
        values["step_fields"] = step_fields(len(values["layers"]))
    return cls(**values)


def _value(kind: Any, text: str) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _value(inner[0], text)
    if origin is Literal:
        return inner[0]
    if origin in (Union, UnionType):
        return _value(next((it for it in inner if _holds_text(it)), inner[0]), text)
    if origin is list:
        return [_value(inner[0], text)]
    if origin is tuple:
        return tuple(_value(it, text) for it in inner if it is not Ellipsis)
    if origin is dict:
        keys = get_args(inner[0]) if get_origin(inner[0]) is Literal else [_value(inner[0], text)]
        return {key: _value(inner[1], text) for key in keys}
    if kind is str or kind is Any:
        return text
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return holding(kind, text)
    return {int: 1, float: 0.5, bool: True, type(None): None}[kind]


def _holds_text(kind: Any) -> bool:
    return kind in (str, Any) or any(map(_holds_text, get_args(kind)))


def places(cls: Any, key: str = "") -> Iterator[str]:
    """Key paths of an experiment at which any string may stand."""
    from tui_dl.spec.toml import schema

    for path in schema.paths(cls):
        member: Any = cls
        for step in path.split("."):
            found = [
                field.type
                for struct in schema._members(member)
                for field in msgspec.structs.fields(struct)
                if field.encode_name == step
            ]
            member = found[0] if found else None
        if str in schema._options(member):
            yield path
