"""The version of tui-dl that is installed."""

from __future__ import annotations

from functools import cache


@cache
def version() -> str:
    """Version of the installed package, or "unknown" where it runs without being installed."""
    from importlib import metadata  # slow to import, and seldom needed

    try:
        return metadata.version("tui-dl")
    except metadata.PackageNotFoundError:
        return "unknown"
