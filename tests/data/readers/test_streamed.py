"""Long files of plain text are parsed as they are read: they must lead to the same cells."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path, PosixPath

import pytest

from tui_dl.data.readers.delimited import stream_delimited
from tui_dl.data.readers.raw_table import START, raw_table
from tui_dl.data.readers.scan import CHUNK, Scan
from tui_dl.data.readers.table import TableOptions
from tui_dl.support.errors import UserError

ROWS = b"".join(b"%d.5,%d,red\n" % (row, row % 7) for row in range(400_000))  # 5 MB
HEADER = b"size,count,colour\n"
WHOLE = TableOptions(encoding="utf-8")  # what a user says of the encoding is found in the whole


def _write(folder: Path, data: bytes) -> Path:
    path = folder / "long.csv"
    path.write_bytes(data)
    return path


def _is_streamed(path: Path) -> bool:
    start = path.read_bytes()[:START]
    return stream_delimited(path, start, TableOptions(), parse_values=True) is not None


SEOUL = "서울".encode()
LAST = b"1.5,2,%s\n"


@pytest.mark.parametrize(
    ("data", "is_streamed"),
    [
        pytest.param(HEADER + ROWS, True, id="plain"),
        pytest.param(ROWS, True, id="no header"),
        pytest.param(HEADER + ROWS.rstrip(), True, id="no line end at the end"),
        pytest.param(HEADER + ROWS.replace(b"\n", b"\r\n"), True, id="carriage returns"),
        pytest.param(HEADER + ROWS + LAST % SEOUL, True, id="letters of other languages"),
        pytest.param(HEADER + LAST % b'"a ""b"",\nc"' + ROWS, True, id="quotes at the start"),
        pytest.param(HEADER + ROWS + LAST % b'"a, b"', False, id="a late quote"),
        pytest.param(HEADER + ROWS + LAST.replace(b"1.5", b"n/a") % b"a", True, id="missing"),
        pytest.param(HEADER + ROWS + LAST.replace(b"1.5", b"tall") % b"a", True, id="no number"),
        pytest.param(b"# a comment\n" + HEADER + ROWS, False, id="a comment before"),
        pytest.param(b"\n" + HEADER + ROWS, False, id="a blank line before"),
        pytest.param(b"\xef\xbb\xbf" + HEADER + ROWS, False, id="a byte-order mark"),
        pytest.param((HEADER + ROWS).replace(b",", b" "), False, id="blanks between cells"),
    ],
)
def test_the_same_cells_as_of_the_whole_text(
    tmp_path: Path, data: bytes, is_streamed: bool
) -> None:
    path = _write(tmp_path, data)
    assert _is_streamed(path) == is_streamed
    raw, fingerprint, size, notes = raw_table(path, TableOptions(), None, parse_values=True)
    whole, *others = raw_table(path, WHOLE, None, parse_values=True)
    assert raw.names == whole.names
    assert all(a.equals(b) for a, b in zip(raw.columns, whole.columns, strict=True))
    assert (raw.delimiter, raw.decimal, raw.missing) == (
        whole.delimiter,
        whole.decimal,
        whole.missing,
    )
    last = len(raw.columns[0]) - 1
    assert [raw.place(row) for row in (0, last)] == [whole.place(row) for row in (0, last)]
    if not data.startswith(b"\xef"):
        assert (fingerprint, size) == (others[0], others[1])
    assert fingerprint == hashlib.sha256(data).hexdigest()
    assert [it for it in notes if "byte-order" not in it] == others[2]


@pytest.mark.parametrize(
    ("late", "message"),
    [
        (LAST % b"a,b", "line 400,002: 4 cells where the first row has 3"),
        (LAST % b'"a', "line 400,002: a quote is opened and not closed"),
        (LAST % b"a\0b", "line 400,002: byte .* is NUL"),
        (LAST % (SEOUL + b"\xff"), r"line 400,002: byte .* \(0x.*\) is not UTF-8"),
    ],
)
def test_a_late_fault_is_named_by_its_line(tmp_path: Path, late: bytes, message: str) -> None:
    path = _write(tmp_path, HEADER + ROWS + late)
    assert not _is_streamed(path)
    with pytest.raises(UserError, match=message):
        raw_table(path, TableOptions(), None, parse_values=True)


def test_a_late_byte_of_latin_1(tmp_path: Path) -> None:
    path = _write(tmp_path, HEADER + ROWS + LAST % "blå".encode("latin-1"))
    raw, _, _, notes = raw_table(path, TableOptions(), None)
    assert raw.columns[2][-1].as_py() == "blå"
    assert any("Latin-1" in it for it in notes)


def test_a_letter_that_two_chunks_share(tmp_path: Path) -> None:
    path = _write(tmp_path, b"a" * (CHUNK - 1) + SEOUL)
    whole, cut = Scan(path, b'"'), Scan(path, b'"')
    whole.run()
    path.write_bytes(path.read_bytes()[:-1])
    cut.run()
    assert whole.is_text
    assert not cut.is_text


def test_a_file_that_changes_meanwhile_is_not_trusted(tmp_path: Path) -> None:
    path = _write(tmp_path, HEADER)

    class Replaced(PosixPath):
        """A path at which another file stands by the time the first one is read."""

        def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
            return Path(__file__).stat()

    scan = Scan(Replaced(path), b'"')
    scan.run()
    assert not scan.is_text


def test_a_name_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.csv")
    try:
        path.write_bytes(HEADER + ROWS)
    except OSError:
        pytest.skip("the file system takes no such name")
    assert _is_streamed(path)


def test_lines_of_a_file_that_is_gone_are_rows(tmp_path: Path) -> None:
    path = _write(tmp_path, HEADER + ROWS)
    raw = raw_table(path, TableOptions(), None)[0]
    path.unlink()
    assert raw.place(3) == "row 4"
