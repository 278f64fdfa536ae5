"""Records of ``steps.bin``, read without numpy, whose import takes longer than all of `show`."""

from __future__ import annotations

import os
import struct
from math import prod
from pathlib import Path
from stat import S_ISREG

from tui_dl.protocol.step_record import FORMATS, StepField
from tui_dl.runs.files import open_status, read_at


def record_size(fields: list[StepField]) -> int:
    """Bytes of one record."""
    return _record(fields).size


def count(path: Path, fields: list[StepField]) -> int:
    """How many whole records there are; none where there is no such file."""
    try:
        status = path.lstat()
    except OSError:
        return 0
    return status.st_size // record_size(fields) if S_ISREG(status.st_mode) else 0


def newest(
    path: Path, fields: list[StepField], steps: int | None = None
) -> dict[str, float] | None:
    """The last whole record's fields that are one number each, or None where there is none.

    Where a number of `steps` is given, it is the last one of that many.
    """
    record = _record(fields)
    try:
        handle, status = open_status(path)
    except OSError:
        return None
    try:
        whole = status.st_size // record.size
        start = (min(whole, whole if steps is None else steps) - 1) * record.size
        last = read_at(handle, start, record.size) if start >= 0 else b""
    except OSError:
        return None
    finally:
        os.close(handle)
    if len(last) < record.size:
        return None
    values = iter(record.unpack(last))
    found = {name: [next(values) for _ in range(prod(shape))] for name, _, shape in fields}
    return {name: found[name][0] for name, _, shape in fields if not shape}


def damage(path: Path, fields: list[StepField], least: int) -> str:
    """What is wrong with the records, of which there are at least so many; nothing if all is well.

    Each has its step: the last one shows whether all before it are whole.
    """
    steps = count(path, fields)
    if least and not os.path.lexists(path):
        return f"{path.name} is missing"
    if steps < least:
        return f"{path.name} ends at step {steps:,} of {least:,}"
    last = newest(path, fields, steps)
    if last and last["step"] != steps:
        return f"{path.name} has step {last['step']:.7g} in the place of step {steps:,}"
    return ""


def values(path: Path, fields: list[StepField], name: str, first: int, end: int) -> list[float]:
    """A field, which is one number, of the whole records from `first` up to `end`.

    There are none where the file cannot be read, or is none.
    """
    place = [it for it, _, _ in fields].index(name)
    before, after = record_size(fields[:place]), record_size(fields[place + 1 :])
    record = struct.Struct(f"<{before}x{FORMATS[fields[place][1]]}{after}x")
    try:
        handle, _ = open_status(path)
    except OSError:
        return []
    try:
        content = read_at(handle, first * record.size, (end - first) * record.size)
    except OSError:
        return []
    finally:
        os.close(handle)
    whole = len(content) // record.size * record.size
    return [value for (value,) in record.iter_unpack(content[:whole])]


def _record(fields: list[StepField]) -> struct.Struct:
    return struct.Struct(
        "<" + "".join(f"{prod(shape)}{FORMATS[form]}" for _, form, shape in fields)
    )
