"""Kinds of columns are found by their cells, said where left out, and can be overridden."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.data.readers.tables import kinds, read, values
from tui_dl.data.readers.table import CategoryColumn

ROWS = 24


def column(cells: list[str], name: str = "a", delimiter: str = ",") -> str:
    """A table with one column of `cells`, quoted, another input, and a target."""
    lines = [f'"{cell}"{delimiter}{row % 5}{delimiter}{"pq"[row % 2]}' for row, cell in
             enumerate(cells)]  # fmt: skip
    return "\n".join([f"{name}{delimiter}b{delimiter}c", *lines])


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["1", "+2.5", "-.5", "1e-3", " 7 "], [1, 2.5, -0.5, 0.001, 7]),
        (["1,5", "2", "-3,25", "1e2"], [1.5, 2, -3.25, 100]),
        (["1,234", "12", "1,234,567.5"], [1234, 12, 1234567.5]),
        (["1.234,5", "12", "1.234.567", "1.000"], [1234.5, 12, 1234567, 1000]),
        (["1", "", "NA", "NaN", "n/a", "?", "-", " ", "null", "3"], [1, *[None] * 8, 3]),
    ],
)
def test_numbers(tmp_path: Path, cells: list[str], numbers: list[float | None]) -> None:
    table = read(tmp_path, column(cells, delimiter=";"))
    assert kinds(table)["a"] == "number"
    assert values(table, "a") == numbers


def test_a_comma_before_three_digits(tmp_path: Path) -> None:
    cells = ["1,234", "5,678", "9,012", "3,456"]
    assert values(read(tmp_path, column(cells)), "a") == [1234, 5678, 9012, 3456]
    table = read(tmp_path, column(cells, delimiter=";"))
    assert values(table, "a") == [1.234, 5.678, 9.012, 3.456]
    assert table.notes[0].endswith("; decimal commas")
    table = read(tmp_path, column(cells, delimiter=";"), decimal=".")
    assert values(table, "a") == [1234, 5678, 9012, 3456]


def test_decimal_commas_are_found_where_a_few_cells_are_misspelt(tmp_path: Path) -> None:
    rows = [f"{row},5;{'pq'[row % 2]}" for row in range(40)]
    table = read(tmp_path, "\n".join(["a;y", *rows, "about 3, or 4;p"]))
    assert table.decimal == ","
    assert values(table, "a")[:2] == [0.5, 1.5]
    assert values(table, "a")[-1] is None


def test_few_cells_that_are_no_numbers_are_said(tmp_path: Path) -> None:
    cells = [str(row * 7 % 10) for row in range(40)]
    cells[5] = "unknown"
    table = read(tmp_path, column(cells))
    assert kinds(table)["a"] == "number"
    assert values(table, "a")[5] is None
    assert (
        "column 'a': 1 of 40 cells are no numbers and count as missing: 'unknown' in line 7"
        in table.notes
    )
    assert kinds(read(tmp_path, column(cells), columns={"a": "category"}))["a"] == "category"


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (["2020-01-31", "2021-12-01"], datetime(2020, 1, 31)),
        (["2020-01-31 13:05:09", "2021-12-01T00:00:00"], datetime(2020, 1, 31, 13, 5, 9)),
        (["2020-01-31T13:05:09.25Z", "2021-12-01T00:00:00Z"], datetime(2020, 1, 31, 13, 5, 9)),
        (["2020-01-31T01:00:00+09:00", "2021-12-01T00:00:00+0900"], datetime(2020, 1, 30, 16)),
        (["2020/1/31", "2021/12/1"], datetime(2020, 1, 31)),
        (["31.01.2020", "01.12.2021"], datetime(2020, 1, 31)),
        (["01/31/2020", "12/01/2021"], datetime(2020, 1, 31)),
        (["31/01/2020 08:30", "01/12/2021 09:00"], datetime(2020, 1, 31, 8, 30)),
        (["1/31/69 12:10 AM", "12/1/70 1:00 PM"], datetime(1969, 1, 31, 0, 10)),
        (["31-Jan-2020", "1-Dec-2021"], datetime(2020, 1, 31)),
        (["2020-W05-5", "2021-W48"], datetime(2020, 1, 31)),
        (["2020W01", "2020W53"], datetime(2019, 12, 30)),
        (["Fri 2020-01-31", "Wednesday, 2021-12-01"], datetime(2020, 1, 31)),
        (["January 31, 2020", "Dec 1, 2021"], datetime(2020, 1, 31)),
        (["Jan-31-2020", "Dec-1-2021"], datetime(2020, 1, 31)),
        (["2020년 1월 31일", "2021년 12월 1일"], datetime(2020, 1, 31)),
        (["2020. 1. 31.", "2021. 12. 1."], datetime(2020, 1, 31)),
        (["2020年1月31日 08:30", "2021年12月1日 09:00"], datetime(2020, 1, 31, 8, 30)),
        (["2020년 5월", "2021년 12월"], datetime(2020, 5, 1)),
        (["31. Januar 2020", "1. März 2021", "2. Dezember 2021"], datetime(2020, 1, 31)),
        (["Donnerstag, 5. März 2020", "Mi., 1. Dez. 2021"], datetime(2020, 3, 5)),
        (["1er février 2020", "2 août 2021", "3 déc. 2021"], datetime(2020, 2, 1)),
        (["Mar 2020", "OCT 2021", "Sept. 2021"], datetime(2020, 3, 1)),
        (["März 2020", "Mai-2021", "August 2021"], datetime(2020, 3, 1)),
        (["2020-Q3", "2021-Q1", "2021Q2"], datetime(2020, 7, 1)),
        (["Q3 2020", "Q1 2021"], datetime(2020, 7, 1)),
        (["Friday, 31 January 2020", "Wed, 1st of December 2021"], datetime(2020, 1, 31)),
    ],
)
def test_dates(tmp_path: Path, cells: list[str], first: datetime) -> None:
    table = read(tmp_path, column([*cells, "", cells[0]]))
    assert kinds(table)["a"] == "date"
    assert values(table, "a")[0] == first
    assert values(table, "a")[-2:] == [None, first]
    assert values(table, "a").count(None) == 1


def test_the_order_of_day_and_month_is_said_where_nothing_shows_it(tmp_path: Path) -> None:
    slashes = column(["02/01/2020", "03/04/2020"])
    table = read(tmp_path, slashes)
    assert values(table, "a")[0] == datetime(2020, 2, 1)
    assert (
        "column 'a': nothing shows whether day or month comes first: read with the month first; "
        "the other way is columns = { 'a' = \"date_day_first\" }"
    ) in table.notes
    table = read(tmp_path, slashes, columns={"a": "date_day_first"})
    assert values(table, "a")[0] == datetime(2020, 1, 2)
    points = read(tmp_path, column(["02.01.2020", "03.04.2020"]))
    assert values(points, "a")[0] == datetime(2020, 1, 2)
    clear = read(tmp_path, column(["02/01/2020", "30/04/2020"]))
    assert values(clear, "a")[0] == datetime(2020, 1, 2)
    assert not any("comes first" in note for note in clear.notes)


def test_days_that_do_not_exist_are_no_dates(tmp_path: Path) -> None:
    assert kinds(read(tmp_path, column(["2021-02-29", "2021-13-01"])))["a"] == "category"
    cells = [f"2021-03-{row % 28 + 1}" for row in range(40)]
    table = read(tmp_path, column([*cells, "2021-02-29"]))
    assert kinds(table)["a"] == "date"
    assert any("'2021-02-29' in line 42" in note for note in table.notes)


def test_categories_are_sorted_by_frequency_then_name(tmp_path: Path) -> None:
    table = read(tmp_path, column(["b", "c", "a", "c", " b ", "d", "c", "?"]))
    found = table.column("a")
    assert isinstance(found, CategoryColumn)
    assert found.categories == ("c", "b", "a", "d")
    assert found.codes.tolist() == [1, 0, 2, 0, 1, 3, 0, -1]
    assert found.missing_count == 1
    assert table.notes[-1] == "1 missing cells in 1 column"


def test_text(tmp_path: Path) -> None:
    cells = [f"the cat number {row} sat down" for row in range(ROWS)]
    table = read(tmp_path, column(cells))
    assert kinds(table)["a"] == "text"
    assert values(table, "a") == cells
    assert kinds(read(tmp_path, column(cells[:2] * 12)))["a"] == "category"


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ([str(row) for row in range(1, ROWS + 1)], "nr"),
        ([str(row) for row in range(ROWS)], ""),
        ([str(ROWS - row) for row in range(ROWS)], "execution"),
        ([str(ROWS - row - 1) for row in range(ROWS)], "left"),
        ([str(row * 7919 % 1009) for row in range(ROWS)], "customer_id"),
        ([str(row * 7919 % 1009) for row in range(ROWS)], "Case Number"),
        ([str(row * 7919 % 1009) for row in range(ROWS)], "pidnum"),
        (["", *(str(row * 7919 % 1009) for row in range(ROWS))], "censusNo"),
        ([f"Baker {row}" for row in range(ROWS)], "customer"),
        ([f"{row * 2654435761 % 2**32:08x}z" for row in range(ROWS)], "key"),
    ],
)
def test_identifiers_are_left_out_and_said(tmp_path: Path, cells: list[str], name: str) -> None:
    table = read(tmp_path, column(cells, name))
    first = table.columns[0]
    assert first.kind == "identifier"
    assert any(f"{first.name!r}" in note and "identifier" in note for note in table.notes)
    assert [it.name for it in table.inputs] == ["b"]


def test_numbers_of_rows_stay_where_they_are_the_only_input(tmp_path: Path) -> None:
    table = read(tmp_path, "x,y\n" + "\n".join(f"{row},{row * 2.5}" for row in range(ROWS)))
    assert kinds(table) == {"x": "number", "y": "number"}


def test_codes_stay_where_they_are_the_only_input(tmp_path: Path) -> None:
    table = read(tmp_path, "x,y\n" + "\n".join(f"k{row},{row % 2}" for row in range(ROWS)))
    assert kinds(table) == {"x": "text", "y": "category"}


def test_years_are_no_identifiers(tmp_path: Path) -> None:
    cells = [str(1990 + row) for row in range(ROWS)]
    assert kinds(read(tmp_path, column(cells, "year")))["year"] == "number"


@pytest.mark.parametrize("name", ["paid", "volume", "enum", "casino"])
def test_different_numbers_with_other_names_are_no_identifiers(tmp_path: Path, name: str) -> None:
    cells = [str(row * 7919 % 1009) for row in range(ROWS)]
    assert kinds(read(tmp_path, column(cells, name)))[name] == "number"


def test_constant_columns_are_left_out_and_said(tmp_path: Path) -> None:
    content = "a,b,c,f,d,e\n" + "\n".join(
        f"5,x,,2020-01-01,{row % 3},{'pq'[row % 2]}" for row in range(6)
    )
    table = read(tmp_path, content)
    assert kinds(table) == {
        "a": "constant", "b": "constant", "c": "constant", "f": "constant",
        "d": "number", "e": "category",
    }  # fmt: skip
    assert "column 'a' is always 5: left out" in table.notes
    assert "column 'b' is always 'x': left out" in table.notes
    assert "column 'c' has no values: left out" in table.notes


def test_kinds_and_missing_cells_that_are_said(tmp_path: Path) -> None:
    content = column(["1", "2", "-999", "1", "NA"])
    table = read(tmp_path, content, missing=["-999", "na"])
    assert values(table, "a") == [1, 2, None, 1, None]
    table = read(tmp_path, content, missing=["-999"], columns={"a": "category"})
    assert values(table, "a") == ["1", "2", None, "1", "NA"]
    table = read(tmp_path, content, columns={"a": "text"})
    assert values(table, "a") == ["1", "2", "-999", "1", None]


def test_dates_in_several_formats(tmp_path: Path) -> None:
    cells = ["2020-01-31", "01.02.2020", "13.03.2020", "5 May 2020"]
    table = read(tmp_path, column([cells[it % 4] for it in range(40)]))
    days = [(1, 31), (2, 1), (3, 13), (5, 5)]
    assert values(table, "a")[:4] == [datetime(2020, month, day) for month, day in days]
    assert (
        "column 'a' has dates in 3 formats: '2020-01-31' in line 2 and '01.02.2020' in line 3"
    ) in table.notes


@pytest.mark.parametrize("cells", [("12/31/2020", "01.02.2020"), ("31/12/2020", "12/30/2020")])
def test_dates_that_no_one_order_reads(tmp_path: Path, cells: tuple[str, str]) -> None:
    table = read(tmp_path, column([cells[it % 2] for it in range(40)]))
    assert kinds(table)["a"] == "category"
    assert (
        "column 'a' is not read as dates, for nothing shows how to read all: "
        f"{cells[0]!r} in line 2 and {cells[1]!r} in line 3: write them as 2024-12-31"
    ) in table.notes


def test_none_among_names_is_said(tmp_path: Path) -> None:
    text = column(["None", "wood", "none", "brick"] * 6)
    table = read(tmp_path, text)
    assert values(table, "a")[:4] == [None, "wood", None, "brick"]
    assert (
        "column 'a': 'None' in 12 cells counts as missing: if it is a value, say which cells are "
        'not, such as data.missing = ["NA"]'
    ) in table.notes
    table = read(tmp_path, text, missing=["NA"])
    assert values(table, "a")[:4] == ["None", "wood", "none", "brick"]
    assert not any("None" in note for note in table.notes)
    assert not any("None" in it for it in read(tmp_path, column(["None", "1", "2.5"] * 8)).notes)
