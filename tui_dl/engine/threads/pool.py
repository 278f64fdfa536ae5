"""Threads that run programs: lists of kernel calls that meet at barriers in compiled code.

Between two steps a thread looks for the next one for about 50 microseconds, in compiled code too,
and then sleeps until it is woken.
"""

from __future__ import annotations

import threading
from typing import Self

import numpy as np

from tui_dl.kernels.core.jit import compile_kernel
from tui_dl.kernels.core.program import (
    CONTROL_WORDS,
    GENERATION,
    KERNELS,
    Program,
    publish,
    run_main,
    worker_loop,
)


class ThreadPool:
    """`threads` threads, the caller being the first; use it as a context manager."""

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self._control = np.zeros(CONTROL_WORDS + 2 * threads, np.int64)
        self._tables = self._control[CONTROL_WORDS:].reshape(threads, 2)
        self._wake = [threading.Semaphore(0) for _ in range(threads)]
        self._asleep = [False] * threads
        self._open = True
        self._started = False
        self._helpers: list[threading.Thread] = []

    def run(self, program: Program) -> None:
        """Run a program made for this many threads; returns when all are done."""
        if not self._started:
            self._start()
        self._tables[:] = program.places
        if self._helpers:
            self._tell()
        address, words = program.places[0]
        run_main(address, words, self._control, self.threads)

    def note(self, samples: int, seconds: float) -> None:
        """A step took so long: nothing to a team, which stays as it is. See `ThreadTuner`."""

    def _start(self) -> None:
        self._started = True
        for kernel in KERNELS:
            compile_kernel(kernel)
        for index in range(1, self.threads):
            helper = threading.Thread(target=self._serve, args=(index,), daemon=True)
            self._helpers.append(helper)
            helper.start()

    def _tell(self) -> None:
        publish(self._control)
        for index in range(1, self.threads):
            if self._asleep[index]:
                self._wake[index].release()

    def _serve(self, index: int) -> None:
        seen = 0
        while self._open:
            seen = worker_loop(self._control, index, self.threads, seen)
            # Whoever tells looks at this after telling, we look for its word after setting it: one
            # of both sees the other. A wake-up too many only makes `worker_loop` look once more.
            self._asleep[index] = True
            if self._open and self._control[GENERATION] == seen:
                self._wake[index].acquire()
            self._asleep[index] = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open = False
        self._tables[:] = 0  # nothing to run
        self._tell()
        for helper in self._helpers:
            helper.join()
