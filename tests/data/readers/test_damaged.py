"""Damaged files are read or refused in one line, whatever was cut, added or doubled."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.data.readers.tables import read
from tui_dl.support.errors import UserError

FILES = (
    b'a,b,c\n1,2.5,x\n3,"q\nr",y\n2020-01-02,,z\n',
    "n;d;\u00e9\n1,5;31.12.2020;p\n2,5;01.02.2021;q\n".encode("latin-1"),
    b'[{"a": 1, "b": "x"}, {"a": null, "b": "y"}]',
    b'{"a": 1, "b": 2}\n{"a": 3, "b": "1e400"}\n',
    b"1 2 3\n4  5 6\n7 8 9\n",
    b"d,y\n01/02/2020 10:00 PM,1\n13/02/2020 1:00 AM,0\n12/2/2020 25:61,1\n",
)
PARTS = [bytes([it]) for it in b",;\t|\"'\n\r \0\xff\xe9.-+e09aTZ:/[]{}\\?"]
CHANGES = st.lists(
    st.tuples(st.integers(0, 200), st.integers(0, 4), st.sampled_from([b"", *PARTS])), max_size=8
)


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(FILES), st.sampled_from([1, 3, 12]), CHANGES)
def test_damaged_files(content: bytes, times: int, changes: list[tuple[int, int, bytes]]) -> None:
    data = content * times
    for place, cut, added in changes:
        place %= len(data) + 1
        data = data[:place] + added + data[place + cut :]
    with tempfile.TemporaryDirectory() as folder:
        line, table = "", None
        try:
            table = read(Path(folder), data)
        except UserError as error:
            line = str(error)
    assert "\n" not in line
    if table is not None:
        assert {len(it.missing) for it in table.columns} == {table.rows}
