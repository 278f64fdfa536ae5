"""What is wrong with a file names only keys that its source has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tui_dl import data
from tui_dl.data.readers.header import LONGEST
from tui_dl.data.readers.read_rows import read_rows
from tui_dl.data.readers.table import TableOptions
from tui_dl.data.series import encode_file
from tui_dl.spec.data.base import Data
from tui_dl.spec.data.melodies import Melodies
from tui_dl.spec.data.pairs import Pairs
from tui_dl.spec.data.sentences import Sentences
from tui_dl.spec.data.series import Series
from tui_dl.spec.data.surnames import Surnames
from tui_dl.spec.data.table import TableFile
from tui_dl.spec.data.text import Text
from tui_dl.support.errors import UserError

SOURCES = [Melodies, Pairs, Sentences, Series, Surnames, TableFile, Text]
BAD = {
    "Korean in CP949": "이름\t가나\n둘\t다라\n".encode("cp949"),
    "a byte of no encoding": b"a,b\n1,\x81\n2,3\n",
    "NUL": b"a,b\n1,\x00\n2,3\n",
    "half of UTF-16": "a,b\n1,2\n".encode("utf-16")[:-1],
    "half of UTF-8": b"\xef\xbb\xbfa,b\n1,\xff\n",
    "a long name": b"a" * (LONGEST + 1) + b",b\n" + b"1,2\n" * 9,
    "rows of other lengths": b"a,b\n1,2\n1,2\n1,2,3\n",
}


def named(error: UserError) -> set[str]:
    return {*re.findall(r"data\.(\w+)", str(error))}


@pytest.mark.parametrize("kind", SOURCES, ids=lambda it: str(it.__name__))
@pytest.mark.parametrize("bad", BAD)
def test_no_other_keys_are_named(kind: Any, bad: str, tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(BAD[bad])
    source: Data = kind(path=str(file))
    with pytest.raises(UserError) as error:
        data.inspect(source, 0)
    assert named(error.value) <= {*source.__struct_encode_fields__}
    if bad == "Korean in CP949":
        assert "is not UTF-8: save the file as UTF-8" in str(error.value)
        has_key = "encoding" in source.__struct_encode_fields__
        assert ("say data.encoding" in str(error.value)) == has_key


@pytest.mark.parametrize("bad", BAD)
def test_a_file_to_predict_for_has_no_keys(bad: str, tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(BAD[bad])
    with pytest.raises(UserError) as error:
        read_rows(file, {"a": "number", "b": "number"}, TableOptions())
    assert not named(error.value)
    source = Series()
    with pytest.raises(UserError) as error:
        encode_file(source, source.inspect(), 0, file)
    assert not named(error.value)
