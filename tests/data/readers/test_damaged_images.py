"""Damaged IDX files and arrays are read or refused in one line, whatever was changed."""

import gzip
import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.data import image_files
from tui_dl.data.readers.idx import read_array
from tui_dl.data.readers.image_arrays import read_array as read_npy
from tui_dl.data.readers.read_images import read_images
from tui_dl.support.errors import UserError

PIXELS, LABELS = image_files.images(9, 4, 3)
IDX = image_files.idx(PIXELS)
CHANGES = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 4), st.binary(max_size=3)), max_size=6
)


def damaged(content: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    for place, cut, added in changes:
        place %= len(content) + 1
        content = content[:place] + added + content[place + cut :]
    return content


def refusal(read: Callable[[], object]) -> str:
    """Why it is refused, in one line; empty where it is read."""
    try:
        read()
    except UserError as error:
        return str(error)
    return ""


@settings(max_examples=200)
@given(st.sampled_from([IDX, gzip.compress(IDX, mtime=0)]), CHANGES)
def test_damaged_idx_files(content: bytes, changes: list[tuple[int, int, bytes]]) -> None:
    changed = damaged(content, changes)
    line = refusal(lambda: read_array(Path("it"), changed, 3))
    assert "\n" not in line
    assert not line or line.startswith("it")
    if len(changed) < len(content) and content is IDX:
        assert line


@settings(max_examples=100)
@given(CHANGES)
def test_damaged_arrays(changes: list[tuple[int, int, bytes]]) -> None:
    file = io.BytesIO()
    np.save(file, PIXELS)
    changed = damaged(file.getvalue(), changes)
    line = refusal(lambda: read_npy("it", changed))
    assert "\n" not in line
    if len(changed) < len(file.getvalue()):
        assert line


@settings(max_examples=60)
@given(CHANGES)
def test_damaged_archives_of_arrays(changes: list[tuple[int, int, bytes]]) -> None:
    file = io.BytesIO()
    np.savez_compressed(file, x=PIXELS, y=LABELS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "it.npz"
        path.write_bytes(damaged(file.getvalue(), changes) or b"x")
        assert "\n" not in refusal(lambda: read_images(path, None))
