"""Hands a small table from the process that has inspected it to the worker of a run.

To import pyarrow, read the file again and find out its columns takes the worker up to a tenth of a
run. Where nothing is handed over, it does so.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress

import msgspec

from tui_dl.data import Dataset
from tui_dl.data.packed_table import packed, unpacked
from tui_dl.data.prepared_table import dataset
from tui_dl.runs import atomic, checkpoint
from tui_dl.runs.folder import Run
from tui_dl.spec.data.table import TableFile
from tui_dl.spec.experiment import Experiment
from tui_dl.support.errors import UserError
from tui_dl.support.json_text import NOT_JSON

NAME = ".table"


def leave(run: Run, experiment: Experiment) -> None:
    """Write the table into a run's folder if it was inspected in this process just now."""
    source = experiment.data
    if not isinstance(source, TableFile):
        return
    from tui_dl.data.table import last_inspected  # brings pyarrow, which `take` does without

    if it := last_inspected(source, experiment.train.seed):
        arrays, texts = packed(it)
        content = checkpoint.parts(arrays, texts | {"of": _keys(experiment)})
        with suppress(OSError):  # the worker reads the file
            atomic.replace_unflushed(run.path / NAME, *content)


def take(run: Run) -> Dataset | None:
    """The samples of the table that was left in a run's folder, which has it no more; else None."""
    path = run.path / NAME
    try:
        arrays, texts = checkpoint.read(path)
        path.unlink()
        same = texts["of"] == _keys(run.experiment)
        return dataset(unpacked(arrays, texts)) if same else None
    except (*NOT_JSON, OSError, UserError, KeyError):
        return None


def _keys(experiment: Experiment) -> str:
    """What the table depends on, as one text."""
    content = msgspec.json.encode([experiment.data, experiment.train.seed])
    return hashlib.sha256(content).hexdigest()
