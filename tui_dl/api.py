"""Implementation of the Python API: training in this process, and loading trained networks."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tui_dl.engine.inference.model import Model
from tui_dl.process.load_model import load_model
from tui_dl.process.read_experiment import describe, read
from tui_dl.process.startable import check_startable
from tui_dl.process.worker import Worker
from tui_dl.protocol.events import AnyEvent
from tui_dl.runs import lock
from tui_dl.runs.folder import Run, create, name_of
from tui_dl.runs.home import find, runs_home
from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.shape_inference import check_nesting
from tui_dl.spec.toml.reading import parse
from tui_dl.support import kernel_cache
from tui_dl.support.api_validation import path, whole
from tui_dl.support.errors import UserError
from tui_dl.support.home_folders import expanded
from tui_dl.support.os_errors import fault
from tui_dl.support.processors import MOST_THREADS
from tui_dl.support.standard_streams import open_closed


def train(
    experiment: str | Path | Experiment, runs: str | Path | None, threads: int | None
) -> Iterator[AnyEvent]:
    """Implements `tui_dl.train`."""
    if threads is not None:
        threads = whole("threads", threads, 1, MOST_THREADS)
    home = _home(runs)
    if isinstance(experiment, Experiment):  # made in Python, so it was not validated
        return _train(home, "python", _checked(experiment), threads)
    what = "a preset's name, an experiment file's path or an Experiment"
    name = str(path("experiment", experiment, what))
    return _train(home, name_of(name), read(name), threads)


def load(run: str | Path, runs: str | Path | None, threads: int) -> Model:
    """Implements `tui_dl.load`."""
    threads = whole("threads", threads, 1, MOST_THREADS)
    found = _find(path("run", run, "a run's id, name or folder"), _home(runs))
    return load_model(found, threads)


def _checked(experiment: Experiment) -> Experiment:
    """The experiment validated, as if it was read from its file."""
    try:
        check_nesting(experiment.network)
    except ConfigError as error:
        raise UserError(f"experiment: {error}") from None
    return parse(experiment.to_toml(), "experiment", describe=describe)


def _home(runs: str | Path | None) -> Path:
    return runs_home(None if runs is None else str(path("runs", runs, "the folder of all runs")))


def _train(
    home: Path, name: str, experiment: Experiment, threads: int | None
) -> Iterator[AnyEvent]:
    open_closed()
    if problem := kernel_cache.objection():
        warnings.warn(problem, stacklevel=2)
    check_startable(experiment, home)
    run = create(home, name, experiment)
    with ExitStack() as stack:
        try:
            keeper = stack.enter_context(lock.Keeper(run.lock, lock.hold(run.lock)))
            worker = Worker(run, keeper)
        except OSError as error:
            raise UserError(f"{run.path}: cannot train here: {fault(error)}") from None
        yield from worker.train(threads)


def _find(run: str | Path, home: Path) -> Run:
    """The run in a folder, or the one that an id or a name refers to."""
    folder = expanded(run).absolute()
    if os.path.lexists(folder / "experiment.toml"):
        return Run(folder)
    if isinstance(run, Path) or os.sep in run:
        raise UserError(f"{run}: not the folder of a run: it has no experiment.toml")
    return find(home, run)
