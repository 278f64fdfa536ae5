"""What a run's worker uses of this machine, as the kernel says in /proc."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from pathlib import Path

from tui_dl.protocol.events import Started

PROC = Path("/proc")
MODULE = b"tui_dl"  # in the command line of a worker
UTIME, STIME, THREADS, PAGES = 11, 12, 17, 21  # fields of /proc/PID/stat after the name: proc(5)


@dataclass(frozen=True)
class Usage:
    """What a process uses.

    Attributes:
        cpu: processor seconds a second since the look before; None at the first.
        memory: resident bytes.
        threads: how many it has.
    """

    cpu: float | None
    memory: int
    threads: int


class WorkerUsage:
    """Looks at a run's worker now and then."""

    def __init__(self) -> None:
        self._last: tuple[int, float, float] | None = None  # process id, clock, seconds used

    def look(self, started: Started, clock: float) -> Usage | None:
        """What the worker that wrote `started` uses at the time `clock`, in seconds.

        None where it cannot be read: on another machine, of another user, or without /proc.
        """
        if started.host != socket.gethostname():
            return None
        folder = PROC / str(started.pid)
        try:
            if MODULE not in (folder / "cmdline").read_bytes():
                return None  # another process that has its id now
            fields = (folder / "stat").read_bytes().rpartition(b")")[2].split()
            used = (int(fields[UTIME]) + int(fields[STIME])) / os.sysconf("SC_CLK_TCK")
            memory = int(fields[PAGES]) * os.sysconf("SC_PAGE_SIZE")
            threads = int(fields[THREADS])
        except (OSError, ValueError, IndexError):
            return None
        last, self._last = self._last, (started.pid, clock, used)
        cpu = None
        if last is not None and last[0] == started.pid and clock > last[1]:
            cpu = max(used - last[2], 0.0) / (clock - last[1])
        return Usage(cpu, memory, threads)
