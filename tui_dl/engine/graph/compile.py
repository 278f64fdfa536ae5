"""Compilation of the kernels a network needs, with an event for each."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from queue import SimpleQueue
from typing import Any

from numba.core import event

from tui_dl.kernels.core.cache import STORE
from tui_dl.kernels.core.jit import SIGNATURES, compile_kernel
from tui_dl.protocol.events import Compiled, Compiling
from tui_dl.support import kernel_cache
from tui_dl.support.os_errors import why


class _Listener(event.Listener):  # type: ignore[misc]
    """Puts the name of every kernel that is compiled, not loaded from the cache, into a queue."""

    def __init__(self) -> None:
        self.names: SimpleQueue[str | BaseException | None] = SimpleQueue()

    def on_start(self, event: Any) -> None:
        dispatcher = event.data["dispatcher"]
        if dispatcher in SIGNATURES:
            self.names.put(dispatcher.py_func.__name__)

    def on_end(self, event: Any) -> None:
        pass


def compile_kernels(kernels: Iterable[Any]) -> Iterator[Compiling | Compiled]:
    """Compile or load each of `kernels`; yield an event before each one that is not in the cache.

    Kernels that another process is compiling come last, so that two processes share the work.
    """
    started = time.perf_counter()
    STORE.forget()
    listener = _Listener()
    needed = distinct(kernels)

    def work() -> None:
        try:
            with event.install_listener("numba:compile", listener):
                for kernel in [kernel for kernel in needed if not _compile(kernel, wait=False)]:
                    _compile(kernel)
            listener.names.put(None)
        except BaseException as error:
            listener.names.put(error)

    threading.Thread(target=work, daemon=True).start()
    count = 0
    while (name := listener.names.get()) is not None:
        if isinstance(name, BaseException):
            raise name
        count += 1
        ready = sum(bool(kernel.signatures) for kernel in needed)
        yield Compiling(kernel=name, ready=ready, kernels=len(needed))
    seconds = time.perf_counter() - started
    yield Compiled(seconds=seconds, kernels=count, cache=_cache_problem())


def _cache_problem() -> str | None:
    """What was wrong with the folder of compiled kernels, unless it was known before."""
    if STORE.error and not kernel_cache.objection():
        return f"compiled kernels cannot be kept: {why(STORE.error)}: {kernel_cache.cache_home()}"
    if STORE.damaged:
        return f"damaged kernels in the cache were compiled anew: {STORE.damaged}"
    return None


def distinct(kernels: Iterable[Any]) -> list[Any]:
    """Each of `kernels` once, without functions that need no compilation."""
    return list(dict.fromkeys(kernel for kernel in kernels if kernel in SIGNATURES))


def _compile(kernel: Any, wait: bool = True) -> bool:
    """Compile or load one kernel; False if another process does and `wait` is not set."""
    with STORE.alone(f"{kernel.__module__}.{kernel.__qualname__}", wait) as ours:
        if ours:
            compile_kernel(kernel)
        return ours
