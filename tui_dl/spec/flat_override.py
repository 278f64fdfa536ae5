"""Overrides whose value is a table or a list of layers, as several that say one thing each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from tui_dl.spec.toml.written import written

LONGEST = 30  # characters of a value
MOST_NAMED = 3  # layers of a list
_TABLES = ("{", "[{")  # what a value begins with that has tables


def flat(key: str, value: str) -> list[tuple[str, str]]:
    """Keys and values in words: of a table its keys, of layers their kinds or how many they are.

    ``clip={ norm = 1.0 }`` becomes ``clip.norm`` and ``1.0``, two layers become ``dense + relu``.
    Other values are as they are, but cut where they are long.
    """
    if value.startswith(_TABLES):
        with suppress(tomllib.TOMLDecodeError):
            return list(_parts(key, tomllib.loads(f"value = {value}")["value"]))
    return [(key, _cut(value))]


def _parts(key: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict) and value:
        for name, item in value.items():
            if not isinstance(item, dict | list):
                yield f"{key}.{name}", _cut(written(item))
    elif isinstance(value, list) and all(isinstance(it, dict) and "kind" in it for it in value):
        is_short = len(value) <= MOST_NAMED
        kinds = " + ".join(str(it["kind"]) for it in value)
        yield key, kinds if is_short else f"{len(value)} layers"
    else:
        yield key, _cut(written(value))


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
