"""A cache of compiled kernels on disk, one file a kernel.

Numba's own cache unpickles any file, fails on damaged ones, and does not notice that a function
called from another file has changed. Here the folder's name is a hash of all kernel sources, the
versions and the CPU, so a stale or foreign kernel is never found. Every file begins with a checksum
of the rest, and a damaged one is compiled again.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pickle
import platform
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import llvmlite
import llvmlite.binding as llvm
import numba
from numba.core.caching import _Cache
from numba.core.compiler import CompileResult
from numba.core.runtime import rtsys
from numba.core.serialize import dumps

DIGEST = hashlib.sha256().digest_size
SAFELY = os.O_NOFOLLOW | os.O_NONBLOCK  # does not follow links, does not wait for pipes


class Store:
    """The folder of compiled kernels, and the errors found in it.

    Attributes:
        folder: where kernels are stored; None while they are not.
        damaged: number of files found damaged.
        error: the last error while storing a kernel.
    """

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.forget()

    def forget(self) -> None:
        """Forget the errors found so far."""
        self.damaged = 0
        self.error: OSError | None = None

    def keep_in(self, home: Path) -> None:
        """Store kernels in a folder of `home`, which no other user may be able to write."""
        self.folder = home / f"kernels-{fingerprint()}"

    def load(self, name: str) -> Any:
        """The value saved under this name, or None; a damaged file counts and returns None."""
        if self.folder is None:
            return None
        try:
            content = _read(self.folder / name)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError:
            content = b""
        if content[:DIGEST] == hashlib.sha256(content[DIGEST:]).digest():
            return pickle.loads(content[DIGEST:])
        self.damaged += 1
        return None

    def save(self, name: str, value: Any) -> None:
        """Save a value under this name, whole or not at all; an error is stored in `error`."""
        if self.folder is None:
            return
        content = dumps(value)
        temporary = self.folder / f"{name}.new"  # of one writer at a time: see `alone`
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            _write(temporary, hashlib.sha256(content).digest() + content)
            if (path := self.folder / name).is_dir():
                _remove(path)
            temporary.replace(path)
        except OSError as error:
            self.error = error

    def put_marker(self, name: str) -> None:
        """Create an empty file beside the kernels; an error is stored in `error`."""
        try:
            if self.folder:
                (self.folder / name).touch(mode=0o600)
        except OSError as error:
            self.error = error

    @contextmanager
    def alone(self, name: str, wait: bool = True) -> Iterator[bool]:
        """Lock a kernel, so that two processes do not both compile it.

        Yields False if another process holds the lock and `wait` is false.
        """
        handle = self._open_lock(f"{name}.lock")
        try:
            yield handle is None or _lock(handle, wait)
        finally:
            if handle is not None:
                os.close(handle)

    def _open_lock(self, name: str) -> int | None:
        """Open a lock file; None where that fails, and then every process compiles."""
        if self.folder is None:
            return None
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            return os.open(self.folder / name, os.O_RDWR | os.O_CREAT | SAFELY, 0o600)
        except OSError:
            return None


def _lock(handle: int, wait: bool) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def _read(path: Path) -> bytes:
    """The file's content; empty if it is not a regular file or other users may have written it."""
    with open(os.open(path, os.O_RDONLY | SAFELY), "rb") as file:  # noqa: PTH123 - a handle
        status = os.fstat(file.fileno())
        others = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        ours = status.st_uid in (0, os.geteuid()) and not others
        return file.read() if ours and stat.S_ISREG(status.st_mode) else b""


def _remove(path: Path) -> None:
    """Remove whatever is at `path`, even a folder."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    """Write a private file, and remove it again if that fails."""
    _remove(path)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123
            file.write(content)
    except OSError:
        path.unlink(missing_ok=True)
        raise


class KernelCache(_Cache):  # type: ignore[misc]
    """The cache of one function, in the form that numba calls: before and after compiling."""

    def __init__(self, function: Any) -> None:
        self._name = f"{function.__module__}.{function.__qualname__}"

    @property
    def cache_path(self) -> str:
        return str(STORE.folder or "")

    def load_overload(self, signature: Any, target_context: Any) -> Any:
        # A refresh, which numba's own cache begins with, is needed to compile. A kernel that is
        # found needs the runtime alone, and starts in a third of the time.
        rtsys.initialize(target_context)
        try:
            found = STORE.load(self._file(signature, target_context.codegen()))
            return found and CompileResult._rebuild(target_context, *found)
        except Exception:  # whatever went wrong, compiling again repairs it
            STORE.damaged += 1
            return None

    def save_overload(self, signature: Any, compiled: Any) -> None:
        if STORE.folder and not compiled.library.has_dynamic_globals:
            STORE.save(self._file(signature, compiled.library.codegen), compiled._reduce())

    def _file(self, signature: Any, codegen: Any) -> str:
        """File name of one signature; the magic tuple has the processor that numba compiles for."""
        key = repr((signature, codegen.magic_tuple()))
        return f"{self._name}-{hashlib.sha256(key.encode()).hexdigest()[:16]}.kernel"

    def enable(self) -> None:
        pass

    def disable(self) -> None:
        pass

    def flush(self) -> None:
        pass


@cache
def fingerprint() -> str:
    """A hash of all that compiled kernels depend on: sources, versions and CPU."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(source.read_bytes())
    cpu = llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten(), platform.machine()
    digest.update(repr((cpu, numba.__version__, llvmlite.__version__, sys.version)).encode())
    return digest.hexdigest()[:16]


STORE = Store()
