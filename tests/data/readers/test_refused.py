"""What is no table, or none to learn from, is refused in one line with its place and a cure."""

import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.data.readers.tables import read, refused
from tui_dl.data.readers import source_file
from tui_dl.data.readers.read_table import read_table
from tui_dl.support.errors import UserError
from tui_dl.support.machine_memory import Available


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("", "table.csv is empty: give a table with a header and rows"),
        (" \n\n", "table.csv is empty: give a table with a header and rows"),
        ("\ufeff\n", "table.csv is empty: give a table with a header and rows"),
        (
            '""\n',
            "table.csv has one column, 'column_1': a target and another column are needed; if "
            "there are more, say data.delimiter",
        ),
        (
            "[{}]",
            "table.csv has no columns: a target and another column are needed; if there are "
            "more, say data.delimiter",
        ),
        ("a,b\n", "table.csv has a header and no rows: a table to learn from has many"),
        ("\n\ra,b", "table.csv has a header and no rows: a table to learn from has many"),
        (
            "name " * 200 + "\n1\n2\n",
            f"table.csv has one column, '{'name ' * 8}'...: a target and another column are "
            "needed; if there are more, say data.delimiter",
        ),
        (
            f"a,b\n1,2\n3,4,{'long ' * 200}\n5,6\n",
            f"table.csv, line 3: 3 cells where the first row has 2, from '{'long ' * 8}' on: "
            "correct the row, or say data.delimiter",
        ),
        ("a,b\n1,2\n", "table.csv has one row: a table to learn from has many"),
        (
            "a\n1\n2\n",
            "table.csv has one column, 'a': a target and another column are needed; if there are "
            "more, say data.delimiter",
        ),
        (
            'a,b\n1,2\n"x\ny",3\n4,5,6\n7,8\n',
            "table.csv, line 5: 3 cells where the first row has 2, from '6' on: correct the row, "
            "or say data.delimiter",
        ),
        (
            "a,b,c\n1,2,3\n4\n5,6,7\n5,6,7\n",
            "table.csv, line 3: 1 cell where the first row has 3, after '4': correct the row, or "
            "say data.delimiter",
        ),
        (
            'a,b\n1,2\n3,"x\n4,5\n6,7\n',
            "table.csv, line 3: a quote is opened and not closed: close or double it",
        ),
        (
            'a,b\n1,"ok\nfine"\n2,"not closed\n3,"it ""is"" closed"\n4,"x"\n',
            "table.csv, line 4: a quote is closed no sooner than within a cell of line 5: close or "
            "double it",
        ),
        (
            "a,b\n1,2\n1e39,3\n",
            "table.csv, line 3, column 'a': the number (1e+39) is too large for 32 bits: divide "
            "the column",
        ),
        (
            'a,b\n"1\n",2\n-inf,3\n2,5\n',
            "table.csv, line 4, column 'a': the number is infinite or too large: leave the cell "
            "empty or correct it",
        ),
        (
            "a,y\n1,\n2,NA\n3,?\n",
            "table.csv: the target 'y' has no values: say another data.target",
        ),
        (
            "a,y\n1,x\n2,x\n3,\n",
            "table.csv: the target 'y' has only one class, 'x': say another data.target",
        ),
        (
            "a,y\n1,x\n2,x\n3,-\n",
            "table.csv: the target 'y' has only one class, 'x': say another data.target, or "
            "data.missing if '-' is a class: 1 cell of it count as missing",
        ),
        ("a,y\n1,5\n2,5\n3,5\n", "table.csv: the target 'y' is always 5: say another data.target"),
        (
            "a,y\n1,2020-01-01\n2,2021-01-01\n",
            "table.csv: the target 'y' holds dates, neither classes nor numbers: say another "
            "data.target",
        ),
        (
            "a,y\n1,p\n2,q\n3,r\n4,s\n",
            "table.csv: the target 'y' has 4 classes in 4 rows, too few rows of each to learn "
            "from (2 are needed): say another data.target",
        ),
        (
            "a,y\n5,p\n5,q\n5,p\n",
            "table.csv: nothing to predict 'y' from: the other columns are identifiers or have "
            "one value",
        ),
        (
            '{\n"a": 1,\n"b": [2]}\n',
            "table.csv is one JSON object, not a table: give a list of records, or one record a "
            "line",
        ),
        (
            "a\x1b[31m,b\n1,2\n3,4\n",
            "table.csv, line 1: the name of column 1, 'a\\x1b[31m', holds a control or invisible "
            "character: rename it",
        ),
        (
            '{"a": 1, "b": 2}\n{"a": [1], "b": 2}\n',
            "table.csv, line 2: 'a' holds a list or an object: write one value a key",
        ),
        (
            '[{"a": 1}, 5]',
            "table.csv, record 2: Expected `object`, got `int`: write one value a key",
        ),
    ],
)
def test_content(tmp_path: Path, content: str, line: str) -> None:
    assert refused(tmp_path, content) == line


@pytest.mark.parametrize("rows", [10, 1_000_000])
def test_an_open_quote_over_many_lines(tmp_path: Path, rows: int) -> None:
    content = 'a,b,c\n1,2,3\n4,"x,5\n' + "1,2,3\n" * rows
    assert refused(tmp_path, content) == (
        "table.csv, line 3: a quote is opened and not closed: close or double it"
    )


def test_a_row_longer_than_a_block(tmp_path: Path) -> None:
    content = "a,b\n1,2\n" + "x" * 20_000_000 + ",3\n"
    assert refused(tmp_path, content).startswith("table.csv, line 3: a row of over 4,194,304")


def test_json_that_is_cut(tmp_path: Path) -> None:
    assert "table.csv, line 2: no valid JSON" in refused(tmp_path, '{"a": 1}\n{"a": \n')
    assert "table.csv, line 2" in refused(tmp_path, '{"a": 1}\n{"a": {"b": 2, \n')
    assert "table.csv: no valid JSON" in refused(tmp_path, '[{"a": 1}, {"a": ')


def test_options(tmp_path: Path) -> None:
    content = "size,label\n1,p\n2,q\n3,p\nfour,q\n"
    assert refused(tmp_path, content, target="lable").endswith(
        "has no column 'lable'; did you mean 'label'?"
    )
    assert refused(tmp_path, content, columns={"sise": "number"}).endswith("did you mean 'size'?")
    assert refused(tmp_path, content, columns={"size": "numbers"}).endswith(
        "did you mean 'number'?"
    )
    assert refused(tmp_path, content, decimal=";") == 'data.decimal: \';\' is neither "." nor ","'
    assert refused(tmp_path, content, columns={"size": "number"}) == (
        "table.csv, line 5, column 'size': 'four' is no number: correct it, or add it to "
        "data.missing"
    )
    assert "'1' is no date" in refused(tmp_path, content, columns={"size": "date"})


def archives() -> dict[str, bytes]:
    """The first bytes of files that are no tables, by what the message calls them."""
    packed, tape = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("table.csv", "a,b\n1,2\n")
    with tarfile.open(fileobj=tape, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("table.csv"))
    return {
        "a zip archive": packed.getvalue(),
        "a tar archive": tape.getvalue(),
        "a Parquet file": b"PAR1\x15\x04",
        "a Python pickle, which is never opened": b"\x80\x04\x95\x05",
    }


@pytest.mark.parametrize("what", archives())
def test_archives(tmp_path: Path, what: str) -> None:
    assert refused(tmp_path, archives()[what]).startswith(f"table.csv is {what}")


def test_what_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, problem in (
        (tmp_path, "is a folder: give a file in it"),
        (Path("/dev/zero"), "is a device or a pipe: give a file"),
        (pipe, "is a device or a pipe: give a file"),
        (tmp_path / "none.csv", "No such file"),
        (tmp_path / "a\0b", "no file can have this name"),
    ):
        with pytest.raises(UserError, match=problem):
            read_table(path)


def test_a_file_too_large_for_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_file, "available", lambda: Available(10, float("inf")))
    assert refused(tmp_path, "a,b\n1,2\n2,3\n") == (
        "table.csv: reading it needs 0.00 GB of memory and 0.00 GB are free: give a part of "
        "its rows"
    )


@pytest.mark.parametrize(("rows", "classes"), [(20_000, 10_000), (30_000, 1_501)])
def test_thousands_of_classes_need_rows(tmp_path: Path, rows: int, classes: int) -> None:
    lines = [f"{row},class {row % classes}" for row in range(rows)]
    assert refused(tmp_path, "a,b\n" + "\n".join(lines)) == (
        f"table.csv: the target 'b' has {classes:,} classes in {rows:,} rows, too few rows of "
        "each to learn from (20 are needed): say another data.target"
    )


def test_thousands_of_classes_with_rows_enough_are_read(tmp_path: Path) -> None:
    lines = [f"{row},class {row % 1_500}" for row in range(30_000)]
    assert read(tmp_path, "a,b\n" + "\n".join(lines)).notes[-1].endswith("has 1,500 classes")
