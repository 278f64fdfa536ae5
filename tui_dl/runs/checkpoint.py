"""Checkpoint files: tensors by name as safetensors, with a checksum over all they hold."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load

from tui_dl.protocol.migrations import migrate_position
from tui_dl.protocol.tensor_file import MOST_HEADER, header
from tui_dl.runs import atomic
from tui_dl.runs.files import named, open_file, read_at
from tui_dl.spec.format import FORMAT, check_format
from tui_dl.support.errors import UserError
from tui_dl.support.version import version

Tensors = dict[str, Any]  # arrays by name
_Header = dict[str, dict[str, Any]]


def write(path: Path, tensors: Tensors, metadata: dict[str, str]) -> None:
    """Make `path` hold the tensors, the metadata and the format, whole and safely on disk."""
    atomic.replace(path, *parts(tensors, metadata | {"version": version()}))


def parts(tensors: Tensors, metadata: dict[str, str]) -> Iterator[bytes | memoryview]:
    """The parts of a file with the tensors, the metadata and the format.

    safetensors' own `save` would copy all tensors three times; they are given as they lie.
    """
    tensors = {name: np.ascontiguousarray(tensors[name]) for name in sorted(tensors)}
    metadata = metadata | {"format": str(FORMAT)}
    checksum = {"checksum": _checksum(tensors, metadata)}
    described = {name: (_dtype(it), it.shape, it.nbytes) for name, it in tensors.items()}
    yield header(described, metadata | checksum)
    yield from (tensor.reshape(-1).view(np.uint8).data for tensor in tensors.values())


def _dtype(tensor: Any) -> str:
    """The type of an array's numbers, as safetensors names it: F32."""
    return f"{tensor.dtype.kind.upper()}{8 * tensor.itemsize}"


def read(path: Path) -> tuple[Tensors, dict[str, str]]:
    """The tensors and the metadata that `write` was given, in the newest format.

    Raises:
        UserError: the file is not what was written, or of a newer format.
        OSError: it cannot be read, or is no file.
    """
    try:
        content, metadata = _content(path)
        found = int(metadata.get("format", 0))
        check_format(found, str(path), metadata.get("version", ""))
        tensors = load(content)
        checksum = metadata.pop("checksum")
    except (SafetensorError, msgspec.MsgspecError, ValueError, TypeError, KeyError):
        raise UserError(f"{path}: it is damaged: {REMEDY}") from None
    if checksum != _checksum(tensors, metadata):
        raise UserError(f"{path}: its checksum says that it is damaged: {REMEDY}")
    for name in ("format", "version"):
        metadata.pop(name, None)
    if "position" in metadata:
        metadata["position"] = migrate_position(metadata["position"], found)
    return tensors, metadata


def _content(path: Path) -> tuple[bytes, dict[str, str]]:
    """The file's bytes, read once its size is what its header makes of it, and its metadata.

    Raises:
        ValueError: it is damaged.
        OSError: it cannot be read, or is no file.
    """
    handle = open_file(path)
    try:
        with named(path):
            size = os.fstat(handle).st_size
            start = 8 + int.from_bytes(read_at(handle, 0, 8), "little")
            if start > min(size, MOST_HEADER):
                raise ValueError("no header")
            entries = msgspec.json.decode(read_at(handle, 8, start - 8), type=_Header)
            ends = [end for entry in entries.values() for end in entry.get("data_offsets", [0])[1:]]
            if start + max(ends, default=0) != size:
                raise ValueError("not all of it, or more")
            content = read_at(handle, 0, size)
    finally:
        os.close(handle)
    return content, {name: str(it) for name, it in entries.get("__metadata__", {}).items()}


REMEDY = "delete it, and the run starts again from its beginning"


def _checksum(tensors: Tensors, metadata: dict[str, str]) -> str:
    """CRC-32 over all that a checkpoint holds, in the order of names."""
    crc = zlib.crc32(repr(sorted(metadata.items())).encode())
    for name, tensor in sorted(tensors.items()):
        crc = zlib.crc32(f"{name} {tensor.dtype} {tensor.shape}".encode(), crc)
        crc = zlib.crc32(tensor.data, crc)
    return f"{crc:08x}"
