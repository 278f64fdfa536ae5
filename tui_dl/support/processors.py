"""The processors of this machine: how many threads may compute, and the processor's name."""

from __future__ import annotations

import os
import platform
import re
from contextlib import suppress
from pathlib import Path

MOST_THREADS = 256


def cores() -> int:
    """Number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cpu_name() -> str:
    """The processor's name as the system has it, such as "AMD EPYC 9R14"."""
    with suppress(OSError), Path("/proc/cpuinfo").open("rb") as file:
        first = file.read(4096)  # of the first processor; all of them would take milliseconds
        if found := re.search(rb"model name\s*:\s*(.+)", first):
            return found[1].decode(errors="replace").strip()
    return platform.machine()
