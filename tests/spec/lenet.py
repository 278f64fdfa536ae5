"""An experiment file, every place in it, and values to put there."""

import tomllib
from typing import Any

from hypothesis import strategies as st

from tui_dl import presets

LENET = presets.find("lenet5").read_text(encoding="utf-8")
RAW = tomllib.loads(LENET)

scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates()
).filter(lambda value: value is not None)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abcdefgkilnoprstu", min_size=1, max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value: Any, key: str = "") -> dict[str, tuple[Any, Any]]:
    """Every key path of an experiment file, with its container and the key or index there."""
    found: dict[str, tuple[Any, Any]] = {}
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for name, inner in items:
        path = f"{key}[{name}]" if isinstance(value, list) else f"{key}.{name}".lstrip(".")
        found[path] = (value, name)
        if isinstance(inner, dict | list):
            found |= places(inner, path)
    return found
