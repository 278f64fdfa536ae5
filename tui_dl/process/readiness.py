"""Checks, without numba, whether all kernels are compiled, and runs the warm-up process."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import IO

import msgspec

from tui_dl import presets
from tui_dl.process import spawn
from tui_dl.support.kernel_cache import cache_home

LOWEST_PRIORITY = 19


class Progress(msgspec.Struct, frozen=True, tag=True):
    """Progress of a warm-up."""

    kernels: int  # kernels needed
    ready: int  # those compiled so far or found in the cache
    compiled: int  # those that had to be compiled
    seconds: float
    compiling: str | None = None  # name of the kernel being compiled


class Refused(msgspec.Struct, frozen=True, tag=True):
    """The reason why a warm-up cannot be done."""

    reason: str


WarmUpEvent = Progress | Refused


def are_ready() -> bool:
    """Whether a warm-up of all presets was completed here; takes milliseconds, without numba."""
    return any(cache_home().glob(f"kernels-*/{marker_name()}"))


def marker_name() -> str:
    """Name of the empty file beside the kernels that marks a completed warm-up.

    A hash of the host's name, the installation, the library versions and all sources that decide
    which kernels are needed. The processor would be more exact than the host, but its name needs
    llvmlite. Where host names change, each dashboard looks into the cache again.
    """
    from importlib.metadata import version  # slow: not before the dashboard's first frame

    package = Path(__file__).parents[1]
    digest = hashlib.sha256(repr((package, platform.node(), sys.version)).encode())
    for library in ("numba", "llvmlite"):
        digest.update(version(library).encode())
    for part in ("kernels/**/*.py", "engine/**/*.py", "presets/**/*"):
        for path in sorted(package.glob(part)):
            if path.is_file():
                digest.update(path.read_bytes())
    return f"ready-{digest.hexdigest()[:16]}"


class WarmUp:
    """A process that compiles kernels ahead of training; any thread may end it."""

    def __init__(self, names: Sequence[str] = (), log: IO[bytes] | None = None) -> None:
        """Prepare to compile the kernels of the named experiments, or of all presets.

        Args:
            names: presets or experiment files; empty for all presets.
            log: file for the process's standard error.
        """
        self._names = [it if it in presets.COURSE else str(Path(it).absolute()) for it in names]
        self._log = log or subprocess.DEVNULL
        self._process: subprocess.Popen[bytes] | None = None
        self._guard = Lock()
        self.over = False

    def run(self, background: bool = False) -> Iterator[WarmUpEvent]:
        """Start the process and yield its events, until it ends or `end` is called."""
        with self._guard:
            if self.over:
                return
            self._process = spawn.start(
                "tui_dl.process.warm_up",
                *self._names,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,  # once nobody reads it, the process ends
                stderr=self._log,
            )
        with self._process as process:
            if background:
                os.setpriority(os.PRIO_PROCESS, process.pid, LOWEST_PRIORITY)
            for line in process.stdout or ():
                if line.endswith(b"\n"):
                    yield msgspec.json.decode(line, type=WarmUpEvent)
        self.over = True

    def end(self) -> None:
        """Kill the process; no damaged kernel can be left, for each is renamed into the cache."""
        with self._guard:
            self.over = True
            if self._process:
                self._process.kill()
