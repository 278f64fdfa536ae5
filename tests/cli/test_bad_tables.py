"""What is no table to learn from is refused in one line by every command, and leaves nothing."""

import gzip
import io
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import tui_dl
from tui_dl.cli.main import main
from tui_dl.data.readers import source_file
from tui_dl.protocol.events import Failed
from tui_dl.support.errors import UserError
from tui_dl.support.machine_memory import Available

BODY = "".join(f"{it * 37 % 101},{it * 13 % 17 + 0.5},{'ab'[it % 2]}\n" for it in range(60))
GOOD = "size,weight,kind\n" + BODY


def zipped() -> bytes:
    """A zip archive, which an Excel workbook is too."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("table.csv", GOOD)
    return content.getvalue()


def tape() -> bytes:
    """A tar archive packed with gzip."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("table.csv"))
    return content.getvalue()


def rows(cells: Callable[[int], str]) -> str:
    return "a,b,c\n" + "".join(f"{it * 5 % 7},{it * 7 % 11},{cells(it)}\n" for it in range(60))


FILES: dict[str, tuple[str | bytes, str]] = {
    "empty.csv": ("", "is empty"),
    "header.csv": ("a,b,c\n", "a header and no rows"),
    "one_row.csv": ("a,b,c\n1,2,x\n", "one row"),
    "few_rows.csv": ("a,b,c\n" + "1,2,x\n3,4,y\n" * 3, "6 rows with a target"),
    "one_column.csv": ("a\n1\n2\n3\n", "one column, 'a'"),
    "one_class.csv": (rows(lambda _: "x"), "only one class, 'x'"),
    "constant_target.csv": (rows(lambda _: "5.5"), "always 5.5"),
    "no_target.csv": (rows(lambda _: ""), "no values"),
    "few_targets.csv": (rows(lambda it: "xy"[it % 2] * (it < 6)), "6 rows with a target"),
    "classes.csv": (rows(lambda it: f"k{it}"), "60 classes in 60 rows"),
    "dates.csv": (rows(lambda it: f"2024-01-{it % 28 + 1:02}"), "holds dates"),
    "constant.csv": ("a,b,c\n" + "1,2,x\n1,2,y\n" * 20, "nothing to predict 'c' from"),
    "numbers.csv": (
        "id,c\n" + "".join(f"{it},{'xy'[it % 2]}\n" for it in range(40)),
        "identifiers",
    ),
    "codes.csv": (
        "id,c\n" + "".join(f"u{it:05},{'xy'[it % 2]}\n" for it in range(40)),
        "identifiers",
    ),
    "nothing.csv": ("a,b,c\n" + ",,\n" * 40, "nothing to predict 'c' from"),
    "long.csv": (GOOD + "1,2,a,9\n", "line 62: 4 cells"),
    "short.csv": (GOOD + "1,2\n", "line 62: 2 cells"),
    "quote.csv": (GOOD + '1,"2,a\n' + BODY, "line 62: a quote is opened"),
    "infinite.csv": (GOOD + "inf,2,a\n", "line 62, column 'size'"),
    "large.csv": (GOOD + "1e39,2,a\n", "line 62, column 'size'"),
    "larger.csv": (GOOD + "1e400,2,a\n", "line 62, column 'size'"),
    "digits.csv": (GOOD + "9" * 60 + ",2,a\n", "line 62, column 'size'"),
    "name.csv": ("a\x1b[31m,b,c\n" + BODY, "the name of column 1, 'a\\x1b[31m'"),
    "long_name.csv": ("a" * 100_000 + ",b,c\n" + BODY, "has 100,000 characters"),
    "byte.csv": (GOOD.encode() + "é,서울,a\n".encode() + b"\xff,2,a\n", "line 63: byte"),
    "nul.csv": (GOOD + "1,\0,a\n", "line 62: byte"),
    "utf16.csv": (GOOD.encode("utf-16-le"), "line 1: byte 1 is NUL"),
    "book.xlsx": (zipped(), "an Excel workbook"),
    "zipped.csv": (zipped(), "a zip archive"),
    "empty_zip.zip": (b"PK\x05\x06" + bytes(18), "an empty zip archive"),
    "packed.tar.gz": (tape(), "a tar archive"),
    "table.parquet": (b"PAR1\x15\x04", "a Parquet file"),
    "twice.csv.gz": (gzip.compress(gzip.compress(GOOD.encode())), "packed with gzip twice"),
    "cut.csv.gz": (gzip.compress(GOOD.encode())[:-20], "damaged"),
    "more.csv.gz": (gzip.compress(GOOD.encode()) + b"more", "damaged"),
    "nothing.csv.gz": (gzip.compress(b""), "is empty"),
    "weka.csv": ("% Title, of 2024\n@RELATION a\n@DATA\n1,2\n", "an ARFF file"),
    "part.csv": ("<table><tr><td>1</td></tr></table>\n", "an HTML page"),
    "page.csv": ("\n<!DOCTYPE html>\n<html></html>", "an HTML page"),
    "rows.xml": ('<?xml version="1.0"?><rows/>', "an XML document"),
    "lists.json": ("[[1, 2], [3, 4]]", "not of records"),
    "text.json": ('["a", "b"]', "not of records"),
    "object.json": ('{"rows": [{"a": 1}]}', "one JSON object"),
    "deep.json": ('[{"a": ' + "[" * 100_000, "no valid JSON"),
    "cut.jsonl": ('{"a": 1, "c": "p"}\n{"a": 2,', "line 2: no valid JSON"),
    "inner.jsonl": ('{"a": 1, "c": "p"}\n{"a": [2], "c": "q"}', "line 2: 'a' holds a list"),
}


def check_refused(path: Path, says: str, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command that reads a table refuses this one, and so does Python."""
    before = sorted(path.parent.iterdir())
    for command in (["data"], ["check"], ["train", "--headless"]):
        assert main([*command, str(path)]) == 2
        printed = capsys.readouterr()
        assert not printed.out
        assert printed.err.startswith("tui-dl: ")
        assert printed.err.count("\n") == 1
        assert says in printed.err
        assert len(printed.err) < 400 + len(str(path))
    with pytest.raises(UserError) as caught:
        tui_dl.train(path)
    assert says in str(caught.value)
    assert not home.exists()
    assert sorted(path.parent.iterdir()) == before


@pytest.mark.parametrize("name", FILES)
def test_a_bad_table(
    name: str, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, says = FILES[name]
    here = tmp_path / "here"
    here.mkdir()
    (here / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    check_refused(here / name, says, home, capsys)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("absent.csv", "No such file"),
        ("folder.csv", "is a folder"),
        ("pipe.csv", "is a device or a pipe"),
        ("device.csv", "is a device or a pipe"),
        ("loop.csv", "symbolic links"),
        ("nowhere.csv", "No such file"),
        pytest.param(
            "locked.csv",
            "Permission denied",
            marks=pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything"),
        ),
    ],
)
def test_what_is_no_file(
    name: str, says: str, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = tmp_path / "here"
    (here / "folder.csv").mkdir(parents=True)
    os.mkfifo(here / "pipe.csv")
    (here / "device.csv").symlink_to("/dev/zero")
    (here / "loop.csv").symlink_to("loop.csv")
    (here / "nowhere.csv").symlink_to("gone.csv")
    (here / "locked.csv").write_text(GOOD)
    (here / "locked.csv").chmod(0)
    check_refused(here / name, says, home, capsys)


@pytest.mark.parametrize("changed", [True, False])
def test_a_file_that_changes_or_vanishes_before_training(
    changed: bool, tmp_path: Path, home: Path
) -> None:
    path = tmp_path / "table.csv"
    path.write_text(GOOD)
    events = tui_dl.train(path)
    if changed:
        path.write_text(GOOD + "1,2,a\n")
    else:
        path.unlink()
    failed = list(events)[-1]
    assert isinstance(failed, Failed)
    assert "put that one back" in failed.reason if changed else "No such file" in failed.reason
    assert "\n" not in failed.reason
    assert home.exists()


def test_a_gzip_file_that_unpacks_to_more_than_the_memory(
    tmp_path: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(source_file, "available", lambda: Available(1 << 28, float("inf")))
    path = tmp_path / "large.csv.gz"
    path.write_bytes(gzip.compress(b"a,b,c\n" + b"1,2,a\n" * (1 << 24)))
    assert path.stat().st_size < 1 << 20
    assert main(["train", "--headless", str(path)]) == 2
    error = capsys.readouterr().err
    assert "reading it needs" in error
    assert error.count("\n") == 1
    assert not home.exists()
