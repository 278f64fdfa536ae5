"""Are all kernels compiled already? And the process that compiles them, seen from outside."""

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
    """How far a warm-up is."""

    kernels: int  # how many are wanted
    ready: int  # of these: compiled, or found in the cache
    compiled: int  # how many had to be compiled
    seconds: float
    compiling: str | None = None  # the next one, while there is one


class Refused(msgspec.Struct, frozen=True, tag=True):
    """Why there is no warm-up."""

    reason: str


Word = Progress | Refused


def are_ready() -> bool:
    """Whether a warm-up of all presets was finished here; costs milliseconds and no numba."""
    return any(cache_home().glob(f"kernels-*/{marker_name()}"))


def marker_name() -> str:
    """Name of the empty file, beside the kernels, that says so.

    It holds for this host and installation. A processor would do for the host, but naming it takes
    llvmlite; where the name is another one every time, each dashboard looks into the cache anew.
    """
    from importlib.metadata import version  # not before the dashboard's first frame

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
    """A process that compiles kernels ahead; any thread may end it."""

    def __init__(self, names: Sequence[str] = (), log: IO[bytes] | None = None) -> None:
        """Prepare for the experiments of these names, or all presets; errors go to `log`."""
        self._names = [it if it in presets.COURSE else str(Path(it).absolute()) for it in names]
        self._log = log or subprocess.DEVNULL
        self._process: subprocess.Popen[bytes] | None = None
        self._guard = Lock()
        self.over = False

    def run(self, background: bool = False) -> Iterator[Word]:
        """Start it, and tell what it says until it ends, or `end` was called."""
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
                    yield msgspec.json.decode(line, type=Word)
        self.over = True

    def end(self) -> None:
        """Kill it: a kernel is put into the cache whole or not at all."""
        with self._guard:
            self.over = True
            if self._process:
                self._process.kill()
