"""Hands a small table's samples from the process that looked at it to the worker of a run.

Importing pyarrow and reading and preparing the file again would take the worker as long as training
some tables does. What is handed over is what the worker would read: where there is nothing, it
reads the file.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress

import msgspec

from tui_dl.data import Dataset
from tui_dl.data.packed_samples import packed, unpacked
from tui_dl.runs import atomic, checkpoint
from tui_dl.runs.folder import Run
from tui_dl.spec.data.table import TableFile
from tui_dl.spec.experiment import Experiment
from tui_dl.support.errors import UserError

NAME = ".samples"
MOST = 1 << 26  # bytes, which are in memory twice while they are written


def leave(run: Run, experiment: Experiment) -> None:
    """Write the samples into a run's folder if its table was inspected in this process just now."""
    if not isinstance(experiment.data, TableFile):
        return
    from tui_dl.data.table import load_inspected  # brings pyarrow, which `take` does without

    dataset = load_inspected(experiment.data, experiment.train.seed)
    if dataset is None:
        return
    arrays, texts = packed(dataset)
    if sum(it.nbytes for it in arrays.values()) <= MOST:
        content = checkpoint.parts(arrays, texts | {"of": _keys(experiment)})
        with suppress(OSError):  # the worker reads the file
            atomic.replace_unflushed(run.path / NAME, *content)


def take(run: Run) -> Dataset | None:
    """The samples that were left in a run's folder, which has them no more; else None."""
    path = run.path / NAME
    try:
        arrays, texts = checkpoint.read(path)
        path.unlink()
        return unpacked(arrays, texts) if texts["of"] == _keys(run.experiment) else None
    except (OSError, UserError, KeyError, msgspec.MsgspecError):
        return None


def _keys(experiment: Experiment) -> str:
    """What the samples depend on, as one text."""
    content = msgspec.json.encode([experiment.data, experiment.train.seed])
    return hashlib.sha256(content).hexdigest()
