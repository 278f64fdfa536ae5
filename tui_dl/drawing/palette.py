"""The colours of named styles, on a dark ground and on a light one.

All are in the 256-colour palette, which is what SSH and tmux leave. `tests/ui/test_themes.py` holds
contrast and what is left of the differences for people who are colour-blind.
"""

from __future__ import annotations

from collections.abc import Mapping

DARK: Mapping[str, str] = {
    "plain": "#d0d0d0", "strong": "#d0d0d0", "dim": "#9e9e9e", "faint": "#6c6c6c",
    "axis": "#8a8a8a", "train": "#5fafff", "heat": "#5f87d7", "step": "#6c6c6c",
    "validation": "#ffaf5f", "second": "#ffd7ff", "best": "#5fffaf", "stop": "#ff5f5f",
    "good": "#5fffaf", "warn": "#ffd75f", "bad": "#ff5f5f", "shared": "#d7d7d7",
}  # fmt: skip
LIGHT: Mapping[str, str] = {
    "plain": "#303030", "strong": "#303030", "dim": "#5f5f5f", "faint": "#8a8a8a",
    "axis": "#6c6c6c", "train": "#005faf", "heat": "#5f5faf", "step": "#8a8a8a",
    "validation": "#af5f00", "second": "#87005f", "best": "#008700", "stop": "#af005f",
    "good": "#008700", "warn": "#875f00", "bad": "#af005f", "shared": "#303030",
}  # fmt: skip
LINES = ("faint", "heat", "step")  # styles of lines and bars; all others are of text, too
