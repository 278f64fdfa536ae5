"""How much memory a new process may take: what is free, and what limits it."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from math import inf
from pathlib import Path
from typing import NamedTuple

CGROUP = Path("/proc/self/cgroup")
GROUPS = Path("/sys/fs/cgroup")
MAPPED = 500_000_000  # bytes of address space for code and stacks, which take far less memory
NO_LIMIT = 1 << 60  # what version 1 of control groups writes where there is none is about 2^63


class Available(NamedTuple):
    """What a new process may take."""

    bytes: int  # the least of what is free and what limits leave
    addresses: float  # the limit of its address space, which holds what it never writes too

    def holds(self, need: int, unused: int) -> bool:
        """Whether there is enough for so many bytes, and others that are only allocated."""
        return need <= self.bytes and need + unused + MAPPED <= self.addresses


def available(cgroup: Path = CGROUP, groups: Path = GROUPS) -> Available:
    """What the machine has free, and limits leave.

    Args:
        cgroup: the file that says which control groups this process is in.
        groups: where those of the machine are mounted.
    """
    import psutil

    addresses, _ = resource.getrlimit(resource.RLIMIT_AS)
    data, _ = resource.getrlimit(resource.RLIMIT_DATA)
    free = [int(psutil.virtual_memory().available), *_by_groups(cgroup, groups)]
    if data != resource.RLIM_INFINITY:
        free.append(data)
    limited = addresses != resource.RLIM_INFINITY
    if limited:
        free.append(max(addresses - MAPPED, 0))
    return Available(min(free), addresses if limited else inf)


def _by_groups(cgroup: Path, groups: Path) -> Iterator[int]:
    """What control groups, and those they are in, leave: containers and job schedulers set them."""
    for line in _text(cgroup).splitlines():
        _, _, rest = line.partition(":")
        controllers, colon, path = rest.partition(":")
        if colon and not controllers:
            root, names = groups, ("memory.max", "memory.current", "inactive_file")
        elif "memory" in controllers.split(","):
            names = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
            root = groups / "memory"
        else:
            continue
        inside = root / path.lstrip("/")
        if not inside.is_dir():  # in a container the group's own folder may be the root
            inside = root
        for folder in (inside, *inside.parents):
            yield from _left(folder, *names)
            if folder == root:
                break


def _left(folder: Path, limit: str, used: str, cache: str) -> Iterator[int]:
    """What one control group leaves, if it has a limit; file pages it could drop count as free."""
    most = _text(folder / limit).strip()
    if not most.isdigit() or int(most) >= NO_LIMIT:
        return
    taken = _text(folder / used).strip()
    pages = dict(line.split() for line in _text(folder / "memory.stat").splitlines())
    yield max(int(most) - int(taken or 0) + int(pages.get(cache, 0)), 0)


def _text(path: Path) -> str:
    """What `path` holds; nothing where there is no such file."""
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""
