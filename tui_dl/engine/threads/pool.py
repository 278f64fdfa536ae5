"""A pool of threads that runs programs: lists of kernel calls, with barriers in compiled code.

After a program a thread polls for the next one for about 50 microseconds, in compiled code too, and
then sleeps until it is woken.
"""

from __future__ import annotations

import threading
from typing import Self

import numpy as np

from tui_dl.kernels.core.calling_convention import mismatch, probe
from tui_dl.kernels.core.jit import compile_kernel
from tui_dl.kernels.core.kernel_error import KernelError
from tui_dl.kernels.core.program import Program
from tui_dl.kernels.core.run_table import (
    CONTROL_WORDS,
    EXCEPTION,
    FAILED,
    FAILED_CALL,
    GENERATION,
    THREAD_WORDS,
    WORDS,
    publish,
    run_main,
    worker_loop,
)
from tui_dl.support.errors import UserError

KERNELS = run_main, publish, worker_loop, probe  # that every pool calls


class ThreadPool:
    """`threads` threads, the calling one included; use it as a context manager."""

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self._control = np.zeros(CONTROL_WORDS + THREAD_WORDS * threads, np.int64)
        by_thread = self._control[CONTROL_WORDS:].reshape(threads, THREAD_WORDS)
        self._tables = by_thread[:, : WORDS + 1]
        self._failures = by_thread[:, FAILED_CALL : EXCEPTION + 1]
        self._wake = [threading.Semaphore(0) for _ in range(threads)]
        self._asleep = [False] * threads
        self._open = True
        self._started = False
        self._workers: list[threading.Thread] = []

    def run(self, program: Program) -> None:
        """Run a program made for this many threads; returns when all are done.

        Raises:
            KernelError: a kernel failed; the rest of the program was not run.
            UserError: this version of Numba is not supported.
        """
        if not self._started:
            self._start()
        self._tables[:] = program.places
        if self._workers:
            self._publish()
        if run_main(self._control, self.threads):
            raise self._failure(program)

    def note(self, samples: int, seconds: float) -> None:
        """Ignore how long a step took; `ThreadTuner` uses it."""

    def _failure(self, program: Program) -> KernelError:
        """The error of the first thread in which a kernel failed; the next run starts afresh."""
        failures = enumerate(self._failures.tolist())
        thread, entry, exception = next((i, *failure) for i, failure in failures if failure[0])
        self._failures[:] = self._control[FAILED] = 0
        return program.error(thread, entry, exception)

    def _start(self) -> None:
        for kernel in KERNELS:
            compile_kernel(kernel)
        if problem := mismatch():
            raise UserError(problem)
        self._started = True
        for index in range(1, self.threads):
            worker = threading.Thread(target=self._work, args=(index,), daemon=True)
            self._workers.append(worker)
            worker.start()

    def _publish(self) -> None:
        """Let all workers run the program in the tables."""
        publish(self._control)
        for index in range(1, self.threads):
            if self._asleep[index]:
                self._wake[index].release()

    def _work(self, index: int) -> None:
        """Run the programs published, until the pool is closed."""
        seen = 0
        while self._open:
            seen = worker_loop(self._control, index, self.threads, seen)
            # The publisher reads `_asleep` after it publishes; this thread reads the generation
            # after it sets `_asleep`: so at least one sees the other's write. One wake-up too many
            # does no harm: `worker_loop` polls once more.
            self._asleep[index] = True
            if self._open and self._control[GENERATION] == seen:
                self._wake[index].acquire()
            self._asleep[index] = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open = False
        self._tables[:] = 0  # an empty program
        self._publish()
        for worker in self._workers:
            worker.join()
