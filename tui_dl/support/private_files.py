"""Folders and files that only their user may write."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def make_folder(path: Path) -> None:
    """Make `path` and its missing parents, with access for the user only, for any umask."""
    if not path.parent.exists():
        make_folder(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)


def opener(path: str, flags: int) -> int:
    """An opener for `open` that makes files with access for the user only, for any umask."""
    return os.open(path, flags, 0o600)


def exposure(path: Path) -> str | None:
    """Why other users could replace the folder `path` or files in it; None if they cannot.

    They can if they may write to it, or to any folder on the way to it, links followed. A sticky
    bit, as on /tmp, prevents that for files of other users.
    """
    path.stat()  # raises where the path cannot be followed, as with ELOOP
    for place in _way(path):
        status = place.lstat()
        if status.st_uid not in (0, os.geteuid()):
            return f"{place} is another user's"
        closed = stat.S_ISLNK(status.st_mode) or status.st_mode & stat.S_ISVTX
        if status.st_mode & OTHERS_WRITE and not closed:
            return f"others may write {place}, which `chmod go-w {quote(str(place))}` ends"
    return None


def _way(path: Path) -> Iterator[Path]:
    """Every folder and link on the way to `path`, and `path` itself."""
    for place in (*reversed(path.parents), path):
        yield place
        if place.is_symlink():
            yield from _way(place.parent / place.readlink())
