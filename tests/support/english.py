"""Finds English in what is shown in another language."""

from __future__ import annotations

import re

# What stays as it is: code and keys, names of kinds, presets and data, and what they are quoted in.
PATTERNS = re.compile(
    r"""
    `[^`]*` | '[^']*' | "[^"]*"            # quoted
    | \S*[\w)\]}"]=\S*                     # key=value
    | \S*[\d_./\\$\[\]-]\S*                # names with figures, paths, dotted keys
    | https?://\S+ | \([A-Z][^)]*\d{4}\)   # addresses, sources
    """,
    re.VERBOSE,
)
WORD = r"[A-Za-z][a-z]+"
SENTENCE = re.compile(rf"\b{WORD}(?: {WORD})+\b")


def english(shown: str, *allowed: str) -> list[str]:
    """Two English words or more in a row; those that are `allowed` part them like other signs."""
    for text in allowed:
        shown = shown.replace(text, "·")
    return SENTENCE.findall(PATTERNS.sub("·", shown))
