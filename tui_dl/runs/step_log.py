"""Appending to and reading ``steps.bin``: one fixed-width record a step."""

from __future__ import annotations

import mmap
import os
from pathlib import Path
from typing import BinaryIO

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


def read_steps(path: Path, fields: list[StepField]) -> Records:
    """All whole records of ``steps.bin``; none where it cannot be opened, or is no file."""
    try:
        with open_steps(path) as file:
            return map_steps(file, fields)
    except OSError:
        return np.empty(0, record_type(fields))


def open_steps(path: Path) -> BinaryIO:
    """The file of records; raises OSError where it cannot be opened, or is no file."""
    return os.fdopen(open_file(path), "rb")


def map_steps(file: BinaryIO, fields: list[StepField], scattered: bool = False) -> Records:
    """All whole records, memory-mapped: to open a million of them reads nothing yet.

    Args:
        file: that `open_steps` has opened.
        fields: what a record has.
        scattered: only a few records all over the file will be used, so none is read ahead.
    """
    dtype = record_type(fields)
    count = os.fstat(file.fileno()).st_size // dtype.itemsize
    if not count:
        return np.empty(0, dtype)
    records = np.memmap(file, dtype, "r", shape=(count,))
    if scattered:
        assert isinstance(records.base, mmap.mmap)
        records.base.madvise(mmap.MADV_RANDOM)
    return records
