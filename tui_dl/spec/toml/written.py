"""Values as they are written on the right of ``--set KEY=VALUE``."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

_WORD = re.compile(r"[A-Za-z_][\w./:-]*")
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
        return _table(msgspec.to_builtins(value))
    return _table(value)


def _table(value: Any) -> str:
    """A list or an inline table, as TOML has it; a key that is None is left out."""
    if isinstance(value, dict):
        pairs = (f"{key} = {_table(item)}" for key, item in value.items() if item is not None)
        return "{ " + ", ".join(pairs) + " }"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_table, value))}]"
    if isinstance(value, msgspec.Struct):
        return _table(msgspec.to_builtins(value))
    return json.dumps(value, ensure_ascii=False)
