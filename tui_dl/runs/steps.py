"""Appending to and reading ``steps.bin``: one fixed-width record a step."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tui_dl.events import StepField

Records = npt.NDArray[np.void]


def record_type(fields: list[StepField]) -> np.dtype[np.void]:
    """The numpy dtype of one record, from the Started event's description."""
    return np.dtype([(name, form, tuple(shape)) for name, form, shape in fields])


class StepLog:
    """Appends records; each is one write."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def append(self, record: Records) -> None:
        """Add one step."""
        os.write(self._handle, record.tobytes())

    @property
    def size(self) -> int:
        """Bytes so far."""
        return os.fstat(self._handle).st_size

    def sync(self) -> None:
        """Flush what was appended to disk."""
        os.fsync(self._handle)

    def close(self) -> None:
        """Flush and close."""
        self.sync()
        os.close(self._handle)


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
