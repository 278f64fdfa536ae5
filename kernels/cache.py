"""Where compiled kernels are kept between runs.

Numba does not notice that a function called from another file has changed, so the folder's name is
a hash of every kernel source, the versions and the CPU: a stale or foreign kernel cannot be found.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import llvmlite
import llvmlite.binding as llvm
import numba
import platformdirs


def cache_folder() -> Path:
    """The folder for this version of the kernels on this CPU: under TUI_DL_CACHE if that is set."""
    home = os.environ.get("TUI_DL_CACHE") or platformdirs.user_cache_dir("tui-dl")
    return Path(home) / f"kernels-{_fingerprint()}"


def _use_cache() -> bool:
    """Point numba at the cache folder; False where it cannot be written: all runs then compile."""
    folder = cache_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return False
    if not os.access(folder, os.W_OK):
        return False
    numba.config.CACHE_DIR = str(folder)
    return True


@contextmanager
def alone(name: str, wait: bool = True) -> Iterator[bool]:
    """Be the one process that compiles or loads this kernel: two may leave a broken index behind.

    Yields False if another process does, and we are not to wait for it.
    """
    if not CACHED:
        yield True
        return
    with (cache_folder() / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held = False
        else:
            held = True
        yield held


@cache
def _fingerprint() -> str:
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    cpu = llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten(), platform.machine()
    digest.update(repr((cpu, numba.__version__, llvmlite.__version__, sys.version)).encode())
    return digest.hexdigest()[:16]


CACHED = _use_cache()
