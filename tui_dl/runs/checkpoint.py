"""Checkpoint files: tensors by name as safetensors, with a checksum over all they hold."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load

from tui_dl.errors import UserError
from tui_dl.runs import atomic

Tensors = dict[str, Any]  # arrays by name


def write(path: Path, tensors: Tensors, metadata: dict[str, str]) -> None:
    """Make `path` hold the tensors and the metadata, whole and safely on disk.

    safetensors' own `save` would copy all tensors three times; they are written as they lie.
    """
    tensors = {name: np.ascontiguousarray(tensors[name]) for name in sorted(tensors)}
    checksum = {"checksum": _checksum(tensors, metadata)}
    header = _header(tensors, metadata | checksum)
    contents = (tensor.reshape(-1).view(np.uint8).data for tensor in tensors.values())
    atomic.replace(path, len(header).to_bytes(8, "little"), header, *contents)


def _header(tensors: Tensors, metadata: dict[str, str]) -> bytes:
    """What safetensors puts before the tensors: JSON, padded with blanks to eight bytes."""
    ends = accumulate((tensor.nbytes for tensor in tensors.values()), initial=0)
    places = zip(tensors.items(), pairwise(ends), strict=True)
    entries: dict[str, Any] = {"__metadata__": metadata}
    for (name, tensor), offsets in places:
        dtype = f"{tensor.dtype.kind.upper()}{8 * tensor.itemsize}"  # F32
        entries[name] = {"dtype": dtype, "shape": tensor.shape, "data_offsets": offsets}
    header = msgspec.json.encode(entries)
    return header + b" " * (-len(header) % 8)


def read(path: Path) -> tuple[Tensors, dict[str, str]]:
    """What `write` has written.

    Raises:
        UserError: the file cannot be read, or is not what was written.
    """
    try:
        content = path.read_bytes()
        tensors = load(content)
        length = int.from_bytes(content[:8], "little")
        metadata = msgspec.json.decode(content[8 : 8 + length])["__metadata__"]
        checksum = metadata.pop("checksum")
    except (OSError, SafetensorError, msgspec.MsgspecError, KeyError) as error:
        reason = getattr(error, "strerror", None) or "it is damaged"
        raise UserError(f"{path}: {reason}: {_REMEDY}") from None
    if checksum != _checksum(tensors, metadata):
        raise UserError(f"{path}: its checksum says that it is damaged: {_REMEDY}")
    return tensors, metadata


_REMEDY = "delete it, and the run starts again from its beginning"


def check_shapes(wanted: Mapping[str, tuple[int, ...]], tensors: Tensors) -> None:
    """Raise UserError unless every tensor that is wanted is there, in its shape."""
    for name, shape in wanted.items():
        if name not in tensors:
            raise UserError(f"the checkpoint has no {name}, {_text(shape)}: {_EDITED}")
        if tensors[name].shape != shape:
            found = _text(tensors[name].shape)
            raise UserError(
                f"{name} is {found} in the checkpoint and {_text(shape)} in the experiment: "
                f"{_EDITED}"
            )


_EDITED = "undo the change of experiment.toml, or train it as a run of its own"


def _text(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))


def _checksum(tensors: Tensors, metadata: dict[str, str]) -> str:
    """CRC-32 over all that a checkpoint holds, in the order of names."""
    crc = zlib.crc32(repr(sorted(metadata.items())).encode())
    for name, tensor in sorted(tensors.items()):
        crc = zlib.crc32(f"{name} {tensor.dtype} {tensor.shape}".encode(), crc)
        crc = zlib.crc32(tensor.data, crc)
    return f"{crc:08x}"
