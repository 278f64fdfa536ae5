"""A launcher for this machine: a queue of runs, a few at a time, with the threads shared out."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

from tui_dl.batch.job import Job
from tui_dl.process import launch
from tui_dl.protocol import commands
from tui_dl.runs import mailbox
from tui_dl.runs.status import LIVE, State
from tui_dl.support.errors import UserError
from tui_dl.support.processors import cores

POLL_INTERVAL = 0.05  # seconds between two looks at the runs


class Report(NamedTuple):
    """A run of the batch was started, or it is over."""

    what: Literal["started", "over"]
    place: int  # of the job in the batch
    job: Job
    state: State


class _Live(NamedTuple):
    place: int
    job: Job
    state: State
    pid: int


def launch_all(
    home: Path,
    jobs: Sequence[Job],
    interrupts: Sequence[int],
    threads: int | None = None,
    pace: float | None = None,
) -> Iterator[Report]:
    """Train all jobs in order, and report each start and each end.

    At most one run a processor is live at a time, and the processors are shared out evenly. No run
    that was started outlives the iterator: the first interrupt stops all of them, so that they save
    their weights, and none is started anymore; a second one kills them. So does closing the
    iterator early.

    Args:
        home: the folder of all runs.
        jobs: what to train.
        interrupts: grows by one with each Ctrl-C.
        threads: of each run; by default as many as there are processors for it.
        pace: epochs a second of each run, at most.

    Raises:
        UserError: a run cannot be started; those that are live are killed.
    """
    queue, live = list(enumerate(jobs)), list[_Live]()
    at_once, threads = share_out(len(queue), threads)
    stopped = False
    try:
        while queue or live:
            while queue and len(live) < at_once and not interrupts:
                place, job = queue.pop(0)
                started = launch.begin(home, job.name, job.experiment, threads, pace)
                live.append(_Live(place, job, State(started.run), started.pid))
                yield Report("started", place, job, live[-1].state)
            if interrupts:
                queue.clear()
                if not stopped:
                    _stop(live)
                    stopped = True
                if len(interrupts) > 1:
                    break
            for each in list(live):
                each.state.update()
                if each.state.status not in LIVE:
                    live.remove(each)
                    yield Report("over", each.place, each.job, each.state)
            time.sleep(POLL_INTERVAL)
    finally:
        _kill(live)


def share_out(runs: int, threads: int | None = None) -> tuple[int, int]:
    """How many of some runs are live at a time, and the threads of each."""
    at_once = max(min(runs, cores() // (threads or 1)), 1)
    return at_once, threads or max(cores() // at_once, 1)


def _stop(live: Sequence[_Live]) -> None:
    """Request that the runs save their weights and end."""
    for each in live:
        with suppress(UserError):  # its folder is gone, and so will it be
            mailbox.send(each.state.run.control, commands.Stop())


def _kill(live: Sequence[_Live]) -> None:
    """Kill the workers of runs, and wait until they are gone."""
    for each in live:
        each.state.update()
        with suppress(ProcessLookupError, ChildProcessError):
            if each.state.alive:  # else its number may be another process's
                os.kill(each.pid, signal.SIGKILL)
                os.waitpid(each.pid, 0)
