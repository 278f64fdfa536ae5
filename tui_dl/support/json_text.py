"""JSON of our structs: what any reader takes, and any terminal may show."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from tui_dl.support.terminal_text import UNFIT, is_printable

SURROGATE = re.compile("[\ud800-\udfff]")


def encode(value: Any) -> bytes:
    """`value` as JSON; a number that is not finite is null.

    Bytes of a file name that are no UTF-8 are halves of surrogate pairs in Python and cannot stand
    in JSON: each becomes U+FFFD.
    """
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_whole(msgspec.to_builtins(value)))


def encode_printable(value: Any) -> bytes:
    r"""The same, with what a terminal would obey or hide as \u escapes: no reader sees more."""
    text = encode(value).decode()
    return (text if is_printable(text) else "".join(map(_escaped, text))).encode()


def _escaped(character: str) -> str:
    if is_printable(character):
        return character
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _whole(value: Any) -> Any:
    """`value` without halves of surrogate pairs."""
    match value:
        case str():
            return SURROGATE.sub(UNFIT, value)
        case dict():
            return {_whole(key): _whole(item) for key, item in value.items()}
        case list() | tuple():
            return [_whole(item) for item in value]
        case _:
            return value
