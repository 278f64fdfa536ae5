"""The layout of a safetensors file: tensors as opaque bytes, after a header that describes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise
from math import prod
from typing import Any

import msgspec

MOST_HEADER = 100_000_000  # bytes, as safetensors itself has it
BYTES = {"F16": 2, "F32": 4, "F64": 8, "I32": 4, "I64": 8, "U8": 1}  # of a number, by its type

Buffer = bytes | memoryview


class Tensor(msgspec.Struct, frozen=True):
    """An array of any library, as bytes.

    Attributes:
        dtype: the type of its numbers, as safetensors names it: F32.
        shape: its size along every axis.
        data: its numbers, little-endian, in C order.
    """

    dtype: str
    shape: tuple[int, ...]
    data: bytes


def header(tensors: Mapping[str, tuple[str, tuple[int, ...], int]], metadata: Any) -> bytes:
    """What stands before the tensors: its own length, then JSON padded with blanks to eight bytes.

    Args:
        tensors: type, shape and bytes of each, by name, in the file's order.
        metadata: texts by name.
    """
    ends = accumulate((size for _, _, size in tensors.values()), initial=0)
    entries: dict[str, Any] = {"__metadata__": metadata}
    for (name, (dtype, shape, _)), offsets in zip(tensors.items(), pairwise(ends), strict=True):
        entries[name] = {"dtype": dtype, "shape": shape, "data_offsets": offsets}
    text = msgspec.json.encode(entries)
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text


class _Entry(msgspec.Struct):
    """What a header says of one tensor."""

    dtype: str
    shape: tuple[int, ...]
    data_offsets: tuple[int, int]


def split(content: bytes) -> tuple[dict[str, Tensor], dict[str, str]]:
    """The tensors and the metadata of a whole file.

    Raises:
        ValueError, msgspec.MsgspecError: it is not laid out so.
    """
    start = 8 + int.from_bytes(content[:8], "little")
    if not 8 < start <= min(len(content), MOST_HEADER):
        raise ValueError("it has no header")
    entries = msgspec.json.decode(content[8:start], type=dict[str, msgspec.Raw])
    metadata = msgspec.json.decode(entries.pop("__metadata__", b"{}"), type=dict[str, str])
    tensors = dict(_tensors(entries, memoryview(content)[start:]))
    if sum(len(it.data) for it in tensors.values()) != len(content) - start:
        raise ValueError("it has more or less than its header says")
    return tensors, metadata


def _tensors(
    entries: Mapping[str, msgspec.Raw | bytes], data: memoryview
) -> Iterator[tuple[str, Tensor]]:
    """Each tensor of a file by name; raises ValueError where it is not all there."""
    for name, entry in entries.items():
        it = msgspec.json.decode(entry, type=_Entry)
        first, end = it.data_offsets
        size = BYTES.get(it.dtype, 0) * prod(it.shape)
        if min((first, *it.shape), default=0) < 0 or end - first != size or end > len(data):
            raise ValueError(f"{name} does not fit its place")
        yield name, Tensor(it.dtype, it.shape, bytes(data[first:end]))
