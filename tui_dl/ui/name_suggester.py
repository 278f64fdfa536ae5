"""Suggests how a name that is being typed goes on: one of a list, or the path of a file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import islice

from textual.suggester import Suggester

from tui_dl.support.home_folders import expanded

MOST_FILES = 2_000  # of a folder that are looked at


class NameSuggester(Suggester):
    """The first of the names that begins with the letters, else the first such file by name."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)  # files come and go
        self._names = names

    async def get_suggestion(self, value: str) -> str | None:
        if not value:
            return None
        known = (it for it in self._names if it.startswith(value))
        return next(known, None) or min(_files(value), default=None)


def _files(path: str) -> Iterator[str]:
    """Paths that begin like `path`; those of folders end with a slash, hidden ones are left out."""
    folder, begun = os.path.split(path)
    try:
        with os.scandir(expanded(folder)) as entries:
            for entry in islice(entries, MOST_FILES):
                name = entry.name
                hidden = name.startswith(".") and not begun.startswith(".")
                if name.startswith(begun) and name.isprintable() and not hidden:
                    yield path.removesuffix(begun) + name + "/" * entry.is_dir()
    except (OSError, ValueError, RuntimeError):  # there is no such folder, or it may not be read
        return
