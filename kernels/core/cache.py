"""Keeping compiled kernels between runs, one file a kernel.

Numba's own cache unpickles whatever its files hold, fails where these are damaged, and does not
notice that a function called from another file has changed. Here the folder's name is a hash of
every kernel source, the versions and the CPU, so that a stale or foreign kernel cannot be found;
and a file begins with a checksum of the rest, so that what is not whole is compiled anew.
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
from numba.core.serialize import dumps

DIGEST = hashlib.sha256().digest_size
SAFELY = os.O_NOFOLLOW | os.O_NONBLOCK  # a link is not followed, a pipe not waited for


class Store:
    """The folder of compiled kernels, and what was wrong with it.

    Attributes:
        folder: where they are kept; None as long as they are not.
        damaged: how many files were there that were not what had been written.
        error: why a kernel could not be kept, the last time that happened.
    """

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.forget()

    def forget(self) -> None:
        """Begin anew to note what is wrong."""
        self.damaged = 0
        self.error: OSError | None = None

    def keep_in(self, home: Path) -> None:
        """Keep kernels in a folder of `home`, which nobody else may write."""
        self.folder = home / f"kernels-{fingerprint()}"

    def load(self, name: str) -> Any:
        """What was saved under that name, or None; what is damaged is none, and counted."""
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
        """Keep a value under that name, whole or not at all; an error is noted."""
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
        """Put an empty file beside the kernels; an error is noted."""
        try:
            if self.folder:
                (self.folder / name).touch(mode=0o600)
        except OSError as error:
            self.error = error

    @contextmanager
    def alone(self, name: str, wait: bool = True) -> Iterator[bool]:
        """Be the one process that compiles or loads this kernel, so that two share the work.

        Yields False if another process does, and we are not to wait for it.
        """
        handle = self._open_lock(f"{name}.lock")
        try:
            yield handle is None or _lock(handle, wait)
        finally:
            if handle is not None:
                os.close(handle)

    def _open_lock(self, name: str) -> int | None:
        """None where there can be no lock: then everybody compiles."""
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
    """The file's content; nothing where it is no file, or others may have written it."""
    with open(os.open(path, os.O_RDONLY | SAFELY), "rb") as file:  # noqa: PTH123 - a handle
        status = os.fstat(file.fileno())
        others = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        ours = status.st_uid in (0, os.geteuid()) and not others
        return file.read() if ours and stat.S_ISREG(status.st_mode) else b""


def _remove(path: Path) -> None:
    """Make sure that nothing is there, not even a folder."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    """Write a private file; nothing is left of it where that fails."""
    _remove(path)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123
            file.write(content)
    except OSError:
        path.unlink(missing_ok=True)
        raise


class KernelCache(_Cache):  # type: ignore[misc]
    """What numba asks for a kernel before it compiles, and hands it afterwards."""

    def __init__(self, function: Any) -> None:
        self._name = f"{function.__module__}.{function.__qualname__}"

    @property
    def cache_path(self) -> str:
        return str(STORE.folder or "")

    def load_overload(self, signature: Any, target_context: Any) -> Any:
        target_context.refresh()
        try:
            found = STORE.load(self._file(signature, target_context.codegen()))
            return found and CompileResult._rebuild(target_context, *found)
        except Exception:  # whatever it is, compiling anew is the cure
            STORE.damaged += 1
            return None

    def save_overload(self, signature: Any, compiled: Any) -> None:
        if STORE.folder and not compiled.library.has_dynamic_globals:
            STORE.save(self._file(signature, compiled.library.codegen), compiled._reduce())

    def _file(self, signature: Any, codegen: Any) -> str:
        """Numba's settings may name another processor than ours; that is in its magic tuple."""
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
    """Hash of all that a compiled kernel depends on: sources, CPU, versions."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(source.read_bytes())
    cpu = llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten(), platform.machine()
    digest.update(repr((cpu, numba.__version__, llvmlite.__version__, sys.version)).encode())
    return digest.hexdigest()[:16]


STORE = Store()
