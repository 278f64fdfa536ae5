"""Appending to and reading ``steps.bin``: one fixed-width record a step."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from tui_dl.events import StepField
from tui_dl.runs.atomic import Log

Records = npt.NDArray[np.void]


def record_type(fields: list[StepField]) -> np.dtype[np.void]:
    """The numpy dtype of one record, from the Started event's description."""
    return np.dtype([(name, form, tuple(shape)) for name, form, shape in fields])


class StepLog(Log):
    """Appends records."""

    def append(self, records: Records) -> None:
        """Add steps."""
        self.write(records.tobytes())


def read_steps(path: Path, fields: list[StepField]) -> Records:
    """All whole records, memory-mapped: opening a million of them reads nothing yet."""
    dtype = record_type(fields)
    try:
        count = path.stat().st_size // dtype.itemsize
    except FileNotFoundError:
        count = 0
    if not count:
        return np.empty(0, dtype)
    return np.memmap(path, dtype, mode="r", shape=(count,))


def read_part(path: Path, fields: list[StepField], first: int, end: int) -> Records:
    """Whole records from `first` up to `end`, in memory: quicker than a map where they are few."""
    dtype = record_type(fields)
    try:
        with path.open("rb") as file:
            file.seek(first * dtype.itemsize)
            content = file.read((end - first) * dtype.itemsize)
    except FileNotFoundError:
        content = b""
    return np.frombuffer(content, dtype, len(content) // dtype.itemsize)
