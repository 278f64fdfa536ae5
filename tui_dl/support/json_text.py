"""JSON of structs: valid for every reader, optionally printable; and what is none."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from tui_dl.support.terminal_text import UNFIT, is_printable

# What decoding bytes raises that are no JSON, not in UTF-8, nested too deep, or of other types.
NOT_JSON = msgspec.DecodeError, UnicodeDecodeError, RecursionError

SURROGATE = re.compile("[\ud800-\udfff]")


def encode(value: Any) -> bytes:
    """`value` as JSON; a number that is not finite is null.

    Python holds bytes of a file name that are not UTF-8 as lone surrogates, which JSON cannot
    encode: each becomes U+FFFD.
    """
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_without_surrogates(msgspec.to_builtins(value)))


def encode_printable(value: Any) -> bytes:
    r"""`value` as JSON with unprintable characters as \u escapes; readers get the same value."""
    text = encode(value).decode()
    return (text if is_printable(text) else "".join(map(_escaped, text))).encode()


def _escaped(character: str) -> str:
    """`character`, as an escape if a terminal would not show it."""
    if is_printable(character):
        return character
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _without_surrogates(value: Any) -> Any:
    """`value` with lone surrogates replaced."""
    match value:
        case str():
            return SURROGATE.sub(UNFIT, value)
        case dict():
            return {
                _without_surrogates(key): _without_surrogates(item) for key, item in value.items()
            }
        case list() | tuple():
            return [_without_surrogates(item) for item in value]
        case _:
            return value
