"""Lets the n-th system call of a kind fail in this process, once or from then on.

Only what Python itself calls is caught; what it runs in C, such as imports, goes on.
"""

import builtins
import errno
import fcntl
import io
import mmap
import os
from collections.abc import Callable
from typing import Any

CALLS: dict[str, list[tuple[Any, str]]] = {
    "write": [(os, "write")],
    "read": [(os, "pread"), (os, "read"), (mmap, "mmap")],
    "fsync": [(os, "fsync")],
    "rename": [(os, "replace"), (os, "rename")],
    "open": [(os, "open"), (io, "open"), (builtins, "open")],
    "list": [(os, "scandir"), (os, "listdir")],
    "mkdir": [(os, "mkdir")],
    "unlink": [(os, "unlink"), (os, "remove"), (os, "rmdir")],
    "stat": [(os, "stat"), (os, "lstat"), (os, "fstat")],
    "truncate": [(os, "ftruncate"), (os, "truncate")],
    "lock": [(fcntl, "flock")],
}
ERRORS = {
    "write": ["EIO", "ENOSPC", "EDQUOT", "EROFS", "EFBIG"],
    "read": ["EIO", "ESTALE"],
    "fsync": ["EIO", "ENOSPC", "EDQUOT"],
    "rename": ["EIO", "EACCES", "EROFS", "ENOSPC"],
    "open": ["EIO", "EMFILE", "EACCES", "EROFS", "ESTALE"],
    "list": ["EIO", "EACCES", "ESTALE"],
    "mkdir": ["EIO", "EROFS", "ENOSPC"],
    "unlink": ["EIO", "EROFS", "EACCES"],
    "stat": ["EIO", "EACCES", "ESTALE"],
    "truncate": ["EIO"],
    "lock": ["EIO", "ENOLCK"],
}
KILL = "KILL"  # in place of an error: the process is gone, as by kill -9


def inject(kind: str, number: int, error: str, for_good: bool) -> None:
    """From now on the `number`-th call of a kind fails, or the process ends there."""
    made = 0

    def failing(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal made
            made += 1
            if made == number or (for_good and made > number):
                if error == KILL:
                    os._exit(137)
                code = getattr(errno, error)
                place = [arguments[0]] if isinstance(arguments[0], str | os.PathLike) else []
                raise OSError(code, os.strerror(code), *(os.fspath(it) for it in place))
            return real(*arguments, **options)

        return call

    for module, name in CALLS[kind]:
        setattr(module, name, failing(getattr(module, name)))
