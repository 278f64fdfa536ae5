"""Artifacts: what an observer has seen of the network at one moment, and the bytes of its file.

Arrays are opaque here, so that whoever only looks for artifacts needs no numpy. A file says its
format and version, and has a checksum over all that it holds.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping

import msgspec

from tui_dl.protocol.tensor_file import Tensor, header, split
from tui_dl.spec.format import FORMAT, check_format
from tui_dl.support.json_text import NOT_JSON
from tui_dl.support.version import version

Labels = dict[str, list[str]]  # such as names of classes or layers, by what they are names of
MOST_BYTES = 1 << 20  # of a file that is read; those that are written have far fewer


class Artifact(msgspec.Struct, frozen=True):
    """What was seen at the end of an epoch.

    Attributes:
        kind: the observer's, such as confusion.
        epoch: the epoch that had ended; of a final one, the epoch that the weights are of.
        step: the last step before it was seen.
        arrays: numbers by name.
        labels: texts by name.
        replaces: steps of older artifacts of this kind that are removed once this one is written;
            it is no part of the file.
        is_final: whether it is of the final weights, once a run is over.
    """

    kind: str
    epoch: int
    step: int
    arrays: dict[str, Tensor]
    labels: Labels = {}
    replaces: tuple[int, ...] = ()
    is_final: bool = False


class DamagedError(ValueError):
    """Bytes that are not what `encode` made."""


def encode(artifact: Artifact) -> bytes:
    """The artifact's file; the same artifact gives the same bytes."""
    tensors = {name: artifact.arrays[name] for name in sorted(artifact.arrays)}
    metadata = {
        "kind": artifact.kind,
        "epoch": str(artifact.epoch),
        "step": str(artifact.step),
        "labels": msgspec.json.encode(artifact.labels, order="sorted").decode(),
        "format": str(FORMAT),
        "version": version(),
    }
    if artifact.is_final:
        metadata["final"] = "yes"
    metadata["checksum"] = _checksum(tensors, metadata)
    described = {name: (it.dtype, it.shape, len(it.data)) for name, it in tensors.items()}
    return header(described, metadata) + b"".join(it.data for it in tensors.values())


def decode(content: bytes, name: str) -> Artifact:
    """The artifact of a file.

    Args:
        content: the whole file.
        name: what messages call it.

    Raises:
        UserError: it is of a newer format.
        DamagedError: it is not what was written.
    """
    try:
        arrays, metadata = split(content)
        check_format(int(metadata["format"]), name, metadata["version"])
        checksum = metadata.pop("checksum")
        whole = checksum == _checksum(arrays, metadata)
        labels = msgspec.json.decode(metadata["labels"], type=Labels)
        epoch, step = int(metadata["epoch"]), int(metadata["step"])
        is_final = "final" in metadata
        artifact = Artifact(metadata["kind"], epoch, step, arrays, labels, is_final=is_final)
    except (*NOT_JSON, ValueError, KeyError) as error:
        raise DamagedError("it is damaged, or no artifact") from error
    if not whole:
        raise DamagedError("its checksum says that it is damaged")
    return artifact


def _checksum(tensors: Mapping[str, Tensor], metadata: Mapping[str, str]) -> str:
    """CRC-32 over all that an artifact holds, in the order of names."""
    crc = zlib.crc32(repr(sorted(metadata.items())).encode())
    for name, tensor in sorted(tensors.items()):
        crc = zlib.crc32(f"{name} {tensor.dtype} {tensor.shape}".encode(), crc)
        crc = zlib.crc32(tensor.data, crc)
    return f"{crc:08x}"
