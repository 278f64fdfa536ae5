"""Threads that wait for lists of kernel calls; kernels run without the GIL, so they run at once."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from typing import Self

from tui_dl.kernels.layer import Call


def default_threads() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Team:
    """`threads` threads, the caller being the first; use it as a context manager."""

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self._work: list[Sequence[Call]] = [()] * threads
        self._go = [threading.Semaphore(0) for _ in range(threads)]
        self._done = threading.Semaphore(0)
        self._error: BaseException | None = None
        self._open = True
        for index in range(1, threads):
            threading.Thread(target=self._wait, args=(index,), daemon=True).start()

    def run(self, work: Sequence[Sequence[Call]]) -> None:
        """Run one list of calls on each thread; returns when all are done.

        Raises:
            Exception: the first that a call raised.
        """
        for index in range(1, self.threads):
            self._work[index] = work[index]
            self._go[index].release()
        try:
            for call in work[0]:
                call()
        finally:
            for _ in range(1, self.threads):
                self._done.acquire()
        if self._error:
            raise self._error

    def _wait(self, index: int) -> None:
        while True:
            self._go[index].acquire()
            if not self._open:
                return
            try:
                for call in self._work[index]:
                    call()
            except BaseException as error:
                self._error = error
            self._done.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open = False
        for go in self._go[1:]:
            go.release()
