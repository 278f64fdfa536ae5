"""A preset's title and chapter, read without checking its file, so that a long list is fast."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

LONGEST = 4096  # characters before the first table; ours have a hundred


class Heading(NamedTuple):
    """What stands in a list of presets."""

    title: str
    chapter: str


def read_title(path: Path, language: str) -> str | None:
    """The title in the table ``[lesson.<language>]`` of the file; None where it has none.

    Raises:
        OSError: the file cannot be read.
    """
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    heading = heading_of(text.partition(f"\n[lesson.{language}]\n")[2])
    return heading and heading.title


def read_heading(path: Path) -> Heading | None:
    """The keys before the first table of the file; None where the whole file has to be read.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        return heading_of(file.read(LONGEST))


def heading_of(text: str) -> Heading | None:
    """The same of the text that a file begins with."""
    lines = []
    for line in text.splitlines():
        if line.lstrip().startswith("["):
            break
        lines.append(line)
    try:
        keys = tomllib.loads("\n".join(lines))
    except ValueError:
        return None
    title, chapter = keys.get("title"), keys.get("chapter", "")
    if not isinstance(title, str) or not isinstance(chapter, str):
        return None
    return Heading(title, chapter)
