"""Keys that begin with the name of a layer, ``dense_1.units``, as the file has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tui_dl.spec.layer_names import places_by_name
from tui_dl.spec.toml.overrides import pair
from tui_dl.support.did_you_mean import suggest
from tui_dl.support.errors import UserError

_NAME = re.compile(r"[a-z]\w*_\d+")


def with_place(override: str, raw: Mapping[str, Any]) -> str:
    """A ``KEY=VALUE`` whose key begins with the name of a layer of `raw`, with the layer's place.

    Others are as they were.

    Raises:
        UserError: there is no layer of this name.
    """
    key, equals, value = pair(override)
    name, dot, rest = key.partition(".")
    if not _NAME.fullmatch(name) or not equals:
        return override
    places = places_by_name(raw.get("network"))
    if name not in places:
        raise UserError(f"--set {override}: there is no layer {name}{suggest(name, list(places))}")
    return f"{places[name]}{dot}{rest}={value}"
