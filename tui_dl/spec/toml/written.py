"""Values as they are written on the right of ``--set KEY=VALUE``."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

_WORD = re.compile(r"[A-Za-z_][\w./:-]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_NO_WORDS = ("true", "false", "inf", "nan", "none")  # of themselves they mean something else


def written(value: Any) -> str:
    """`value` as an override has it: 0.01, relu, [32, 32], { patience = 5 }; none for None."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        plain = _WORD.fullmatch(value) and value not in _NO_WORDS
        return value if plain else json.dumps(value, ensure_ascii=False)
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, msgspec.Struct):
        return inline(msgspec.to_builtins(value))
    return inline(value)


def inline(value: Any) -> str:
    """A value on one line, as TOML has it; a key that is None is left out."""
    if isinstance(value, dict):
        pairs = [
            f"{written_key(key)} = {inline(item)}"
            for key, item in value.items()
            if item is not None
        ]
        return "{ " + ", ".join(pairs) + " }" if pairs else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(inline, value))}]"
    if isinstance(value, msgspec.Struct):
        return inline(msgspec.to_builtins(value))
    if isinstance(value, float):
        return repr(value)
    return json.dumps(value, ensure_ascii=False)


def written_key(name: str) -> str:
    """The name of a key, in quotes where it needs them."""
    return name if _BARE_KEY.fullmatch(name) else json.dumps(name, ensure_ascii=False)
