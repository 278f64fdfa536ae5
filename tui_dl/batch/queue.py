"""A queue of runs that outlives whoever fills it: a process of its own starts them in turn.

Until a run's worker is started, that process holds the run's lock, so that a run which waits never
looks dead. It ends with the start of the last run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tui_dl.batch.job import Job
from tui_dl.batch.local import POLL_INTERVAL, share_out
from tui_dl.process import launch, spawn
from tui_dl.process.startable import check_startable
from tui_dl.runs import lock
from tui_dl.runs.folder import Run, create
from tui_dl.support.errors import UserError
from tui_dl.support.os_errors import why


def enqueue(home: Path, jobs: Sequence[Job]) -> list[Run]:
    """Create the runs of all jobs, and start the process that trains them in order.

    Raises:
        UserError: one of them cannot be started here; then none is, and no folder is left.
    """
    for job in jobs:
        check_startable(job.experiment, home)
    runs: list[Run] = []
    held: list[int] = []
    try:
        for job in jobs:
            runs.append(create(home, job.name, job.experiment))
            held.append(lock.hold(runs[-1].lock))
        spawn.start(
            "tui_dl.batch.queue",
            *(str(run.path.absolute()) for run in runs),
            *("--locks", *map(str, held)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=held,
        )
    except BaseException as error:
        for run in runs:
            shutil.rmtree(run.path, ignore_errors=True)
        if isinstance(error, OSError):
            raise UserError(f"{home}: cannot start runs: {why(error)}") from None
        raise
    finally:
        for each in held:
            os.close(each)
    return runs


def work_off(runs: Sequence[Run], held: Sequence[int]) -> None:
    """Start the runs in order, each with the lock that is held on it, and share out the threads."""
    at_once, threads = share_out(len(runs))
    live: list[Run] = []
    for run, handle in zip(runs, held, strict=True):
        while len(live := [it for it in live if lock.is_held(it.lock)]) >= at_once:
            time.sleep(POLL_INTERVAL)
        with suppress(OSError):  # its folder was deleted while it waited
            launch.hand_over(run, handle, threads)
            live.append(run)
        os.close(handle)


def main() -> int:
    """Work off the queue of the command line."""
    parser = ArgumentParser()
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--locks", nargs="+", type=int, required=True)
    options = parser.parse_args()
    work_off([Run(folder) for folder in options.folders], options.locks)
    return 0
