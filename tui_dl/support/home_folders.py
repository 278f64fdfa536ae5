"""Paths as a user writes them, with ~ for a folder."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def expanded(path: str | Path) -> Path:
    """`path` with the user's own folder for ~, or another's for ~name; else as it is written."""
    with suppress(RuntimeError):  # there is no such user
        return Path(path).expanduser()
    return Path(path)
