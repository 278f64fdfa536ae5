"""Constants of a file of Python, read without importing it: its registry stays fast."""

from __future__ import annotations

import re
from pathlib import Path

_CONSTANT = re.compile(r'^([A-Z]+) = (?:"([^"\\]*)"|([0-9]+))$', re.MULTILINE)


def constants(file: Path) -> dict[str, str]:
    """Its constants that are a plain string, or a whole number, on one line; by name."""
    text = file.read_text(encoding="utf-8")
    return {name: string or number for name, string, number in _CONSTANT.findall(text)}
