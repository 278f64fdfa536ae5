"""Starts worker processes, which go on after the dashboard, the shell and the connection end."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from tui_dl.process import spawn
from tui_dl.process.startable import check_startable, check_trainable
from tui_dl.runs import lock
from tui_dl.runs.folder import Run, create
from tui_dl.runs.rewind import rewind
from tui_dl.spec.data.table import TableFile
from tui_dl.spec.experiment import Experiment
from tui_dl.support.errors import UserError
from tui_dl.support.os_errors import FULL, fault, why
from tui_dl.support.private_files import opener


class Launched(NamedTuple):
    """A run, and the process id of its worker."""

    run: Run
    pid: int


def start(
    home: Path,
    name: str,
    experiment: Experiment,
    threads: int | None = None,
    pace: float | None = None,
    origin: Run | None = None,
) -> Run:
    """The run of `begin`, for whoever needs no more."""
    return begin(home, name, experiment, threads, pace, origin).run


def begin(
    home: Path,
    name: str,
    experiment: Experiment,
    threads: int | None = None,
    pace: float | None = None,
    origin: Run | None = None,
) -> Launched:
    """Create a run and start its worker; where that fails, the run's folder is removed.

    With a `pace` it makes at most so many epochs a second. With an `origin`, a run that is over, it
    goes on from there.

    Raises:
        UserError: the run cannot be started here, see `check_startable` and `extend`.
    """
    check_startable(experiment, home)
    run = _extended(home, name, origin, experiment) if origin else create(home, name, experiment)
    try:
        if not origin and isinstance(experiment.data, TableFile):
            from tui_dl.process.hand_over import leave  # brings numpy

            leave(run, experiment)
        pid = launch(run, threads, pace)
    except BaseException as error:
        shutil.rmtree(run.path, ignore_errors=True)
        if isinstance(error, OSError):
            raise UserError(f"{home}: cannot start a run: {why(error)}") from None
        raise
    return Launched(run, pid)


def _extended(home: Path, name: str, origin: Run, experiment: Experiment) -> Run:
    """The folder of a run that goes on from `origin`; raises UserError."""
    from tui_dl.runs.extension import extend  # brings numpy

    try:
        return extend(home, name, origin, experiment)
    except OSError as error:
        raise UserError(f"{origin.id}: cannot go on from it: {fault(error)}") from None


def resume(run: Run, threads: int | None = None, pace: float | None = None) -> int:
    """Start a worker that continues a run from its last checkpoint, or from the start without one.

    Returns:
        The process id of the worker.

    Raises:
        UserError: the run has a worker already, its checkpoint cannot be read, or its experiment
            cannot be trained here.
    """
    check_trainable(run.experiment)
    try:
        held = lock.hold(run.lock)
    except BlockingIOError:
        raise UserError(f"{run.id}: is already running") from None
    except OSError as error:
        raise _cannot_resume(run, error) from None
    try:
        rewind(run)
        return hand_over(run, held, threads, pace)
    except OSError as error:
        raise _cannot_resume(run, error) from None
    finally:
        os.close(held)


def _cannot_resume(run: Run, error: OSError) -> UserError:
    """The error for a file of the run that cannot be used."""
    place = Path(os.fsdecode(error.filename or run.path))
    within = f"{place.relative_to(run.path)}: " if run.path in place.parents else ""
    return UserError(
        f"{run.path}: cannot be resumed: {within * (error.errno not in FULL)}{why(error)}"
    )


def launch(run: Run, threads: int | None = None, pace: float | None = None) -> int:
    """Start the worker of `run` as a session leader; returns its process id."""
    held = lock.hold(run.lock)
    try:
        return hand_over(run, held, threads, pace)
    finally:
        os.close(held)


def hand_over(run: Run, held: int, threads: int | None = None, pace: float | None = None) -> int:
    """Start the worker of `run` with the lock `held` on it, so that the run never looks dead."""
    options = ["--lock", str(held)] + ["--threads", str(threads)] * bool(threads)
    options += ["--pace", str(pace)] * bool(pace)
    with open(run.log, "ab", opener=opener) as log:
        worker = spawn.start(
            "tui_dl.process.worker",
            str(run.path.absolute()),
            *options,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[held],
        )
    return worker.pid
