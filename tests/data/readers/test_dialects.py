"""Delimiters, quotes, headers, decimal marks, compression and JSON are found out and said."""

import gzip
import json
from pathlib import Path

import pytest

from tests.data.readers.tables import kinds, read, refused, values

ROWS = [["1.5", "red", "yes"], ["2.25", "blue", "no"], ["-3", "red", "yes"], ["4e2", "red", "no"]]


@pytest.mark.parametrize(
    ("delimiter", "said"),
    [
        (",", "commas between columns"),
        (";", "semicolons between columns"),
        ("\t", "tabs between columns"),
        ("|", "vertical bars between columns"),
        ("   ", "blanks between columns"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(tmp_path: Path, delimiter: str, said: str, end: str) -> None:
    lines = [delimiter.join(row) for row in [["size", "colour", "bought"], *ROWS]]
    table = read(tmp_path, end.join(lines) + end)
    assert table.notes[0] == f"{said}; the first row is the header"
    assert values(table, "size") == [1.5, 2.25, -3, 400]
    assert values(table, "colour") == ["red", "blue", "red", "red"]
    assert (table.rows, table.target, table.task) == (4, "bought", "classification")


def test_text_with_commas_between_semicolons(tmp_path: Path) -> None:
    table = read(tmp_path, "a;b;c\n1,5;x, y;p\n2,5;z, w;q\n3,25;u, v;p\n1,5;x, y;q\n")
    assert table.notes[0] == (
        "semicolons between columns; the first row is the header; decimal commas"
    )
    assert values(table, "a") == [1.5, 2.5, 3.25, 1.5]
    assert values(table, "b") == ["x, y", "z, w", "u, v", "x, y"]


def test_a_delimiter_that_is_said(tmp_path: Path) -> None:
    table = read(tmp_path, "a^b\n1^x\n2^y\n3^x\n4^y\n", delimiter="^")
    assert kinds(table) == {"a": "number", "b": "category"}
    line = refused(tmp_path, "a,b\n1,2\n", delimiter="::")
    assert line.startswith("data.delimiter: '::' is not one character")


def test_apostrophes_around_cells(tmp_path: Path) -> None:
    table = read(tmp_path, "'a','b'\n'x, y','p'\n'z','q'\n'x, y','p'\n'z','q'\n")
    assert "apostrophes around cells" in table.notes[0]
    assert values(table, "a") == ["x, y", "z", "x, y", "z"]


def test_apostrophes_around_names_alone(tmp_path: Path) -> None:
    table = read(tmp_path, "'age'\t'vote'\n36\t1\n20\t0\n24\t1\n28\t0\n")
    assert [it.name for it in table.columns] == ["age", "vote"]
    table = read(tmp_path, "'tis,b\ndon't,p\nwon't,q\ndon't,p\nit's,q\n")
    assert [it.name for it in table.columns] == ["'tis", "b"]


def test_apostrophes_in_words_are_letters(tmp_path: Path) -> None:
    table = read(tmp_path, "a,b\ndon't,p\nwon't,q\ndon't,p\nit's,q\n")
    assert values(table, "a") == ["don't", "won't", "don't", "it's"]


def test_quoted_cells_with_line_ends_and_quotes(tmp_path: Path) -> None:
    table = read(tmp_path, 'a,b\n"x\ny",p\n"say ""so""",q\n"x\r\ny",p\n"1, 2",q\n')
    assert values(table, "a") == ["x\ny", 'say "so"', "x\r\ny", "1, 2"]


def test_no_header(tmp_path: Path) -> None:
    table = read(tmp_path, "5.1,3.5,setosa\n4.9,3.0,setosa\n6.0,2.9,virginica\n6.1,2.8,virginica\n")
    assert table.notes[0] == (
        "commas between columns; no header: columns are called column_1 ... column_3"
    )
    assert values(table, "column_1") == [5.1, 4.9, 6, 6.1]
    assert table.target == "column_3"


def test_a_header_over_numbers_of_which_a_few_are_misspelt(tmp_path: Path) -> None:
    rows = [f"{row / 4},{'cd'[row % 2]},{'yn'[row % 3 == 0]}" for row in range(40)]
    rows[7] = "about 3,c,y"
    table = read(tmp_path, "\n".join(["x,c,y", *rows]))  # c and y are names and values
    assert [it.name for it in table.columns] == ["x", "c", "y"]
    assert table.rows == 40


@pytest.mark.parametrize("names", ["2023-01,2023-02", "Jan 2023,Feb 2023", "2023-Q1,2023-Q2"])
def test_dates_over_numbers_are_a_header(tmp_path: Path, names: str) -> None:
    rows = "".join(f"{row}.5,{row % 3},{'pq'[row % 2]}\n" for row in range(9))
    table = read(tmp_path, f"{names},y\n{rows}")
    assert [it.name for it in table.columns] == [*names.split(","), "y"]


def test_a_text_without_header(tmp_path: Path) -> None:
    table = read(tmp_path, "I love it so much,good\nI hate it so much,bad\nit is quite fine,good\n")
    assert table.rows == 3
    assert table.target == "column_2"


def test_a_header_of_numbers_over_numbers_is_said_by_the_user(tmp_path: Path) -> None:
    content = "2019,2020\n1.5,2\n3,4\n2,8\n"
    assert read(tmp_path, content).rows == 4
    table = read(tmp_path, content, header=True)
    assert [it.name for it in table.columns] == ["2019", "2020"]
    assert read(tmp_path, "a,b\nc,d\nc,b\na,d\n", header=False).rows == 4


def test_an_empty_cell_over_the_names_of_rows(tmp_path: Path) -> None:
    table = read(tmp_path, ",1,2\n1,5,7\n2,6,3\n3,8,4\n")
    assert [it.name for it in table.columns] == ["column_1", "1", "2"]
    assert "the first row is the header" in table.notes[0]


@pytest.mark.parametrize(("delimiter", "quote"), [(" ", '"'), (" ", ""), ("\t", '"'), (",", "")])
def test_no_name_over_the_names_of_rows(tmp_path: Path, delimiter: str, quote: str) -> None:
    """As R writes a table unless it is told otherwise."""
    rows = [["speed", "kind"], *([f"car{it}", f"{it}.5", "ab"[it % 2]] for it in range(600))]
    lines = [delimiter.join(f"{quote}{it}{quote}" for it in row) for row in rows]
    table = read(tmp_path, "\n".join(lines))
    assert table.rows == 600
    assert kinds(table) == {"column_1": "identifier", "speed": "number", "kind": "category"}
    assert "column 1 has no name and is called column_1" in table.notes[0]
    line = refused(tmp_path, "\n".join([*lines, lines[0]]))
    assert line.startswith("table.csv, line 602: 2 cells where")


def test_rows_end_with_a_delimiter_and_the_header_does_not(tmp_path: Path) -> None:
    rows = "".join(f"{it}.5,{'ab'[it % 2]},\n" for it in range(40))
    table = read(tmp_path, "speed,kind\n" + rows, target="kind")
    assert kinds(table) == {"speed": "number", "kind": "category", "column_3": "constant"}


def test_a_first_row_with_numbers_and_too_few_cells_is_refused(tmp_path: Path) -> None:
    line = refused(tmp_path, "red,2\nblue,4,5\ngreen,7,8\n")
    assert line.startswith("table.csv, line 2: 3 cells where the first row has 2")


def test_blanks_in_quotes_are_kept(tmp_path: Path) -> None:
    table = read(tmp_path, 'size  "its  name"  y\n1.5  "a  b"  2.5\n2.5  "c"  3.5\n1  "a  b"  4\n')
    assert table.notes[0].startswith("blanks between columns; the first row is the header")
    assert values(table, "its name") == ["a  b", "c", "a  b"]


def test_a_delimiter_at_the_end_of_the_header(tmp_path: Path) -> None:
    table = read(tmp_path, "a,b,\n1.5,2.5\n2.5,3.5\n4,5\n")
    assert kinds(table) == {"a": "number", "b": "number"}


def test_names_are_cleaned_and_said(tmp_path: Path) -> None:
    table = read(tmp_path, '"size\r\nin cm", b ,b,,b_2\n1,2,3,4,5\n2,3,4,5,7\n3,1,8,9,2\n')
    assert [it.name for it in table.columns] == ["size in cm", "b", "b_3", "column_4", "b_2"]
    assert "the second column called b is called b_3" in table.notes[0]
    assert "column 4 has no name and is called column_4" in table.notes[0]
    assert "blanks and line ends in names of columns are removed" in table.notes[0]


def test_blank_lines_are_no_rows(tmp_path: Path) -> None:
    assert read(tmp_path, "a,b\n\n1,2\n\n3,4\n5,6\n\n").rows == 3


@pytest.mark.parametrize("packed", [False, True])
def test_json(tmp_path: Path, packed: bool) -> None:
    records = [
        {"size": 1.5, "colour": "red", "ok": True},
        {"size": None, "colour": "blue", "ok": False},
        {"colour": "red", "ok": True, "note": "néw\nline"},
        {"size": -3, "colour": "red", "ok": False, "note": "x"},
    ]
    lines = "\n".join(json.dumps(it) for it in records) + "\n\n"
    for content, said in (
        (lines, "JSON lines"),
        (json.dumps(records, indent=2), "a JSON list of records"),
    ):
        data = content.encode()
        table = read(tmp_path, gzip.compress(data) if packed else data, target="ok")
        assert table.notes[0] == ("compressed with gzip; " if packed else "") + said
        assert values(table, "size") == [1.5, None, None, -3]
        assert values(table, "note") == [None, None, "néw\nline", "x"]
        assert values(table, "ok") == ["true", "false", "true", "false"]


def test_thousands_of_columns_and_long_cells(tmp_path: Path) -> None:
    names = [f"a_column_with_a_long_name_{index}" for index in range(9_000)]
    rows = [",".join(str((row * 7 + index) % 11 / 2) for index in range(9_000)) for row in range(3)]
    assert len(read(tmp_path, "\n".join([",".join(names), *rows])).columns) == 9_000
    words = "many words " * 50_000
    table = read(tmp_path, f"a,b\n{words}1,p\n{words}2,q\n{words}3,p\n")
    assert values(table, "a")[2] == f"{words}3"


def test_gzip(tmp_path: Path) -> None:
    table = read(tmp_path, gzip.compress(b"a,b\n1,x\n2,y\n3,x\n"), "table.data")
    assert table.notes[0].startswith("compressed with gzip; commas")
    assert values(table, "a") == [1, 2, 3]
    damaged = gzip.compress(b"a,b\n1,x\n2,y\n" * 1000)[:-20]
    assert "table.csv: damaged after" in refused(tmp_path, damaged)


def test_the_fingerprint_is_of_the_file(tmp_path: Path) -> None:
    first = read(tmp_path, "a,b\n1,x\n2,y\n")
    assert first.fingerprint == read(tmp_path, "a,b\n1,x\n2,y\n", "other").fingerprint
    assert first.fingerprint != read(tmp_path, "a,b\n1,x\n3,y\n").fingerprint
