"""Artifacts as files: what is written is what is read, and damage is found."""

import json
from collections.abc import Callable

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import named
from tui_dl.drawing.arrays import array
from tui_dl.protocol.artifact import Artifact, DamagedError, decode, encode
from tui_dl.spec.format import FORMAT
from tui_dl.support.errors import UserError

DRAWN: dict[str, Artifact] = named("observers", "DRAWN")
ONE = encode(DRAWN["confusion"])


@pytest.mark.parametrize("kind", DRAWN)
def test_what_is_written_is_read(kind: str) -> None:
    assert decode(encode(DRAWN[kind]), kind) == DRAWN[kind]


@pytest.mark.parametrize("kind", DRAWN)
def test_safetensors_reads_it(kind: str) -> None:
    theirs = safetensors.numpy.load(encode(DRAWN[kind]))
    assert set(theirs) == set(DRAWN[kind].arrays)
    for name, tensor in theirs.items():
        np.testing.assert_array_equal(tensor, array(DRAWN[kind], name))


@given(st.integers(0, len(ONE) - 1), st.integers(1, 255))
def test_a_changed_byte_is_found(place: int, change: int) -> None:
    damaged = bytearray(ONE)
    damaged[place] ^= change
    try:
        found = decode(bytes(damaged), "it")
    except (DamagedError, UserError):
        return
    assert found == DRAWN["confusion"]  # a blank of the header, or the case of a hexadecimal digit


@given(st.integers(0, len(ONE) - 1))
def test_a_torn_file_is_found(size: int) -> None:
    with pytest.raises(DamagedError):
        decode(ONE[:size], "it")


@given(st.binary(max_size=200))
def test_other_bytes_are_no_artifact(content: bytes) -> None:
    with pytest.raises(DamagedError):
        decode(content, "it")


def edited(change: Callable[[dict[str, str]], None]) -> bytes:
    size = int.from_bytes(ONE[:8], "little")
    header = json.loads(ONE[8 : 8 + size])
    change(header["__metadata__"])
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + ONE[8 + size :]


def test_a_newer_format_is_refused() -> None:
    newer = edited(lambda it: it.update(format=str(FORMAT + 1), version="99.0"))
    with pytest.raises(UserError, match=r"^it: written by tui-dl 99\.0 in format"):
        decode(newer, "it")


@pytest.mark.parametrize("name", ["kind", "step", "labels", "checksum", "format"])
def test_missing_metadata_is_damage(name: str) -> None:
    with pytest.raises(DamagedError):
        decode(edited(lambda it: it.__delitem__(name)), "it")
