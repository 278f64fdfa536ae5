"""One record of ``steps.bin`` without numpy, which takes longer to import than all of `show`."""

from __future__ import annotations

import os
import struct
from math import prod
from pathlib import Path

from tui_dl.events import FORMATS, StepField


def record_size(fields: list[StepField]) -> int:
    """Bytes of one record."""
    return _record(fields).size


def count(path: Path, fields: list[StepField]) -> int:
    """How many whole records there are."""
    try:
        return path.stat().st_size // record_size(fields)
    except FileNotFoundError:
        return 0


def newest(path: Path, fields: list[StepField]) -> dict[str, float] | None:
    """The last whole record's fields that are one number each, or None before the first."""
    record = _record(fields)
    try:
        with path.open("rb") as file:
            count = os.fstat(file.fileno()).st_size // record.size
            if not count:
                return None
            file.seek((count - 1) * record.size)
            values = iter(record.unpack(file.read(record.size)))
    except FileNotFoundError:
        return None
    found = {name: [next(values) for _ in range(prod(shape))] for name, _, shape in fields}
    return {name: found[name][0] for name, _, shape in fields if not shape}


def _record(fields: list[StepField]) -> struct.Struct:
    return struct.Struct(
        "<" + "".join(f"{prod(shape)}{FORMATS[form]}" for _, form, shape in fields)
    )
