"""Appending to and reading ``steps.bin``: one fixed-width record a step."""

from __future__ import annotations

import os
from pathlib import Path
from time import monotonic

import numpy as np
import numpy.typing as npt

from tui_dl.events import StepField
from tui_dl.runs.atomic import append

WAIT = 0.05  # seconds, a fifth of the time between two frames of a dashboard

Records = npt.NDArray[np.void]


def record_type(fields: list[StepField]) -> np.dtype[np.void]:
    """The numpy dtype of one record, from the Started event's description."""
    return np.dtype([(name, form, tuple(shape)) for name, form, shape in fields])


class StepLog:
    """Appends records, those of WAIT seconds in one write: one each would cost a short step."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._waiting = bytearray()
        self._written = 0.0  # when

    def append(self, record: Records) -> None:
        """Add one step."""
        self._waiting += record.tobytes()
        if monotonic() - self._written > WAIT:
            self.write()

    def write(self) -> None:
        """Let others see what was appended."""
        waiting, self._waiting = self._waiting, bytearray()
        append(self._handle, waiting)
        self._written = monotonic()

    @property
    def size(self) -> int:
        """Bytes so far."""
        return os.fstat(self._handle).st_size + len(self._waiting)

    def sync(self) -> None:
        """Flush what was appended to disk."""
        self.write()
        os.fsync(self._handle)

    def close(self) -> None:
        """Append no more."""
        self.write()
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
