"""Number of processors, and the limit on threads."""

from __future__ import annotations

import os

MOST_THREADS = 256


def cores() -> int:
    """Number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
