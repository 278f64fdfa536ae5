"""What `import tui_dl` offers: training in this process, and predicting with what was trained."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tui_dl.engine.model import Model
from tui_dl.engine.state import Tensors
from tui_dl.errors import UserError
from tui_dl.events import AnyEvent
from tui_dl.experiment import Experiment, read
from tui_dl.runs import checkpoint, lock
from tui_dl.runs.folder import Run, create, name_of
from tui_dl.runs.home import find, runs_home
from tui_dl.worker import Worker


def train(
    experiment: str | Path | Experiment, runs: str | None, threads: int | None
) -> Iterator[AnyEvent]:
    """See `tui_dl.train`."""
    if isinstance(experiment, Experiment):
        name, resolved = "python", experiment
    else:
        name, resolved = name_of(str(experiment)), read(str(experiment))
    run = create(runs_home(runs), name, resolved)
    held = lock.hold(run.lock)
    try:
        yield from Worker(run).train(threads)
    finally:
        os.close(held)


def load(run: str | Path, runs: str | None, threads: int) -> Model:
    """See `tui_dl.load`."""
    folder = Path(run)
    found = Run(folder) if folder.is_dir() else find(runs_home(runs), str(run))
    return Model(found.experiment, _final(found), threads)


def _final(run: Run) -> Tensors:
    """The weights that the run ends with: the best ones if its recipe restores these."""
    rule = run.experiment.train.early_stopping
    best = run.checkpoints / "best.safetensors"
    if rule and rule.restore_best and best.exists():
        return checkpoint.read(best)[0]
    if not run.last.exists():
        raise UserError(f"{run.id}: nothing to load: no weights were saved yet")
    tensors, _ = checkpoint.read(run.last)
    return {name: tensors.get(f"optimizer.average.{name}", w) for name, w in tensors.items()}
