"""Folders and files that only their user may write."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def make_folder(path: Path) -> None:
    """Make `path` and every parent that is missing, closed to others whatever the umask is."""
    if not path.parent.exists():
        make_folder(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)


def opener(path: str, flags: int) -> int:
    """For `open`: a file that it makes is closed to others, whatever the umask is."""
    return os.open(path, flags, 0o600)


def exposure(path: Path) -> str | None:
    """Who else could put something in the place of the folder `path`, in words; None if nobody.

    That is whoever may rename something on the way to it, links followed, or replace what is in
    it. Where the sticky bit is set, as on /tmp, nobody may do that with what is another's.
    """
    path.stat()  # ELOOP, and what else keeps us from looking at it
    for place in _way(path):
        status = place.lstat()
        if status.st_uid not in (0, os.geteuid()):
            return f"{place} is another user's"
        closed = stat.S_ISLNK(status.st_mode) or status.st_mode & stat.S_ISVTX
        if status.st_mode & OTHERS_WRITE and not closed:
            return f"others may write {place}, which `chmod go-w {quote(str(place))}` ends"
    return None


def _way(path: Path) -> Iterator[Path]:
    """Every folder and link that is passed on the way to `path`, and itself."""
    for place in (*reversed(path.parents), path):
        yield place
        if place.is_symlink():
            yield from _way(place.parent / place.readlink())
