"""The memory available to a new process: free memory, less what limits of the system forbid."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from math import inf
from pathlib import Path
from typing import NamedTuple

CGROUP = Path("/proc/self/cgroup")
GROUPS = Path("/sys/fs/cgroup")
MAPPED = 500_000_000  # bytes of address space for code and stacks, which use far less memory
NO_LIMIT = 1 << 60  # version 1 of control groups writes about 2^63 where there is no limit


class Available(NamedTuple):
    """The memory available to a new process."""

    bytes: int  # the least of free memory and of what each limit leaves
    addresses: float  # the limit of address space, which unused allocations count towards

    def holds(self, need: int, unused: int) -> bool:
        """Whether there is enough for `need` bytes, and `unused` more that are only allocated."""
        return need <= self.bytes and need + unused + MAPPED <= self.addresses


def available(cgroup: Path = CGROUP, groups: Path = GROUPS) -> Available:
    """The least of the machine's free memory and of what each limit leaves.

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
    """Bytes left by control groups and their parents, which containers and schedulers set."""
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
        if not inside.is_dir():  # in a container the root may be the group's own folder
            inside = root
        for folder in (inside, *inside.parents):
            yield from _left(folder, *names)
            if folder == root:
                break


def _left(folder: Path, limit: str, used: str, cache: str) -> Iterator[int]:
    """Bytes left by one control group with a limit; file pages it could drop count as free."""
    most = _text(folder / limit).strip()
    if not most.isdigit() or int(most) >= NO_LIMIT:
        return
    taken = _text(folder / used).strip()
    pages = dict(line.split() for line in _text(folder / "memory.stat").splitlines())
    yield max(int(most) - int(taken or 0) + int(pages.get(cache, 0)), 0)


def _text(path: Path) -> str:
    """The text of `path`; empty where it cannot be read."""
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""
