"""Lines before a table are left out, said, and counted in the numbers of later lines."""

from pathlib import Path

import pytest

from tests.data.readers.tables import kinds, read, refused
from tui_dl.data.readers.read_rows import read_rows
from tui_dl.data.readers.table import TableOptions

ROWS = "".join(f"{it * 7 % 5},{it * 3 % 7},{'pq'[it % 2]}\n" for it in range(20))
TABLE = "a,b,y\n" + ROWS


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("# made by a machine\n# in 2024, at night\n", "2 lines before the table left out"),
        ("# one, two, three\n", "a line before the table left out"),
        ("# source: A, B, C\n# made 2020, by x\n", "2 lines before the table left out"),
        ("Report of 2024,,\n,,\n", "2 lines before the table left out"),
        ("Report of 2024\n\n", "a line before the table left out"),
        ("Report\rof 2024\n", "a line before the table left out"),
    ],
)
def test_comments_and_titles(tmp_path: Path, before: str, said: str) -> None:
    table = read(tmp_path, before + TABLE)
    assert (list(kinds(table)), table.rows) == (["a", "b", "y"], 20)
    assert table.notes[0].startswith(said)
    line = before.count("\n") + 22
    assert f"line {line}: 2 cells" in refused(tmp_path, before + TABLE + "1,2\n")
    (tmp_path / "new.csv").write_text(before + "b,a,c\n1,2,5\n3,4,6\n")

    assert read_rows(tmp_path / "new.csv", {"a": "number"}, TableOptions()).rows == 2


@pytest.mark.parametrize("between", [",", "\t", "|"])
@pytest.mark.parametrize("before", ["", "Report of 2024\n\n"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_header_with_another_delimiter(
    tmp_path: Path, between: str, before: str, ends: str
) -> None:
    header = between.join(["a", '"b all"', "y"]) + "\n"
    text = (before + header + ROWS.replace(",", ";")).replace("\n", ends)
    table = read(tmp_path, text)
    assert (list(kinds(table)), table.rows) == (["a", "b all", "y"], 20)
    word = {",": "commas", "\t": "tabs", "|": "vertical bars"}[between]
    left_out = "a line before the table left out; " * bool(before)
    assert table.notes[0].startswith(
        f"{left_out}the header has {word} between its names; semicolons between columns; "
        "the first row is the header"
    )
    assert f"line {before.count(chr(10)) + 22}: 2 cells" in refused(tmp_path, text + f"1;2{ends}")
    (tmp_path / "new.csv").write_text(text)
    assert read_rows(tmp_path / "new.csv", {"a": "number"}, TableOptions()).rows == 20


@pytest.mark.parametrize(
    ("before", "names"),
    [
        ("one, two, three\na;b;y\n", ["a", "b", "y"]),  # a title over the header
        ("one, two\n", ["column_1", "column_2", "column_3"]),
        ("seen, in, 2024\n", ["column_1", "column_2", "column_3"]),
    ],
)
def test_a_title_with_another_delimiter(tmp_path: Path, before: str, names: list[str]) -> None:
    table = read(tmp_path, before + ROWS.replace(",", ";"))
    assert (list(kinds(table)), table.rows) == (names, 20)
    assert table.notes[0].startswith("a line before the table left out")


def test_the_delimiter_that_excel_says(tmp_path: Path) -> None:
    table = read(tmp_path, "sep=;\r\n" + TABLE.replace(",", ";"))
    assert list(kinds(table)) == ["a", "b", "y"]


def test_a_header_that_begins_with_a_number_sign(tmp_path: Path) -> None:
    table = read(tmp_path, f"#a,b,y\n{ROWS}")
    assert (list(kinds(table)), table.rows) == (["#a", "b", "y"], 20)


def test_a_first_row_with_one_value_is_kept_where_there_is_no_header(tmp_path: Path) -> None:
    assert read(tmp_path, "1,,\n" + ROWS, header=False).rows == 21


def test_days_and_months_in_numbers(tmp_path: Path) -> None:
    lines = [
        f"2024{it % 12 + 1:02}{it % 28 + 1:02},2023-{it % 12 + 1:02},{it % 2}" for it in range(40)
    ]
    table = read(tmp_path, "\n".join(["day,month,y", *lines]))
    assert kinds(table) == {"day": "date", "month": "date", "y": "category"}
    many = [f"{20240101 + it * 7},{it % 2}" for it in range(40)]  # no days after 31
    assert kinds(read(tmp_path, "\n".join(["x,y", *many])))["x"] == "number"


@pytest.mark.parametrize("rule", ["---,:---:,---\n", "-----,---,----------\n"])
def test_the_line_under_a_header(tmp_path: Path, rule: str) -> None:
    text = TABLE.replace("\n", "\n" + rule, 1)
    table = read(tmp_path, text)
    assert (list(kinds(table)), table.rows) == (["a", "b", "y"], 20)
    assert "the line under the header left out" in table.notes[0]
    assert "line 23: 2 cells" in refused(tmp_path, text + "1,2\n")
