"""Appending to and reading ``steps.bin``: one fixed-width record a step."""

from __future__ import annotations

import mmap
import os
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tui_dl.protocol.step_record import StepField
from tui_dl.runs.atomic import Log
from tui_dl.runs.files import open_file

Records = npt.NDArray[np.void]


def record_type(fields: list[StepField]) -> np.dtype[np.void]:
    """The numpy dtype of one record, from the Started event's description."""
    return np.dtype([(name, form, tuple(shape)) for name, form, shape in fields])


class StepLog(Log):
    """Appends records.

    Attributes:
        fields: those of the records in the file, where these may be fewer than a record has now: a
            run that is resumed keeps the fields it began with.
    """

    fields: list[StepField] | None = None

    def append(self, records: Records) -> None:
        """Add steps."""
        if self.fields is not None and (dtype := record_type(self.fields)) != records.dtype:
            kept = np.zeros(len(records), dtype)
            for name in set(kept.dtype.names or ()) & set(records.dtype.names or ()):
                kept[name] = records[name]
            records = kept
        self.write(records.tobytes())


def read_steps(path: Path, fields: list[StepField], scattered: bool = False) -> Records:
    """All whole records, memory-mapped: opening a million of them reads nothing yet.

    There are none where the file cannot be opened, or is none.

    Args:
        path: of ``steps.bin``.
        fields: what a record has.
        scattered: only a few records all over the file will be used, so none is read ahead.
    """
    dtype = record_type(fields)
    try:
        handle = open_file(path)
    except OSError:
        return np.empty(0, dtype)
    with os.fdopen(handle, "rb") as file:
        count = os.fstat(handle).st_size // dtype.itemsize
        if not count:
            return np.empty(0, dtype)
        records = np.memmap(file, dtype, "r", shape=(count,))
    if scattered:
        assert isinstance(records.base, mmap.mmap)
        records.base.madvise(mmap.MADV_RANDOM)
    return records
