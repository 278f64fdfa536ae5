"""The preset that a run is of, by the run's name."""

from __future__ import annotations

from collections.abc import Iterable


def preset_of(name: str, presets: Iterable[str]) -> str | None:
    """The preset that a run of this name is of: its own name, or the beginning of it.

    The run of a changed preset is called like the preset and what was changed.
    """
    found = [it for it in presets if name == it or name.startswith(f"{it}-")]
    return max(found, key=len, default=None)
