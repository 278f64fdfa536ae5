"""Tables whose cells could be read in two ways."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tui_dl.data.readers.read_table import read_table
from tui_dl.data.readers.table import CategoryColumn, NumberColumn, Table, TableOptions
from tui_dl.data.table import inspect
from tui_dl.spec.data.table import TableFile
from tui_dl.support.errors import UserError

ROWS = range(400)


@pytest.fixture
def draw() -> random.Random:
    return random.Random(1)


def read(folder: Path, header: str, rows: list[str], name: str = "it.csv") -> Table:
    (folder / name).write_text("\n".join([header, *rows, ""]))
    return read_table(folder / name, TableOptions())


def comma(number: float) -> str:
    return f"{number:.2f}".replace(".", ",")


def test_decimal_commas_part_no_header(tmp_path: Path, draw: random.Random) -> None:
    rows = [f"{comma(draw.random() * 50)};{draw.choice('xy')};{comma(draw.random())}" for _ in ROWS]
    it = read(tmp_path, "preis;ort;menge", rows)
    assert [column.name for column in it.columns] == ["preis", "ort", "menge"]
    assert it.decimal == ","


def test_points_between_thousands_beside_whole_numbers(tmp_path: Path, draw: random.Random) -> None:
    values = [draw.randrange(100, 4000) for _ in ROWS]
    cells = [f"{it:,}".replace(",", ".") for it in values]
    rows = [
        f"{comma(it / 40)};{draw.choice('xy')};{cell}"
        for it, cell in zip(values, cells, strict=True)
    ]
    column = read(tmp_path, "area;kind;sales", rows).column("sales")
    assert isinstance(column, NumberColumn)
    np.testing.assert_array_equal(column.values, values)


def test_commas_between_thousands_beside_whole_numbers(tmp_path: Path, draw: random.Random) -> None:
    values = [draw.randrange(100, 4000) for _ in ROWS]
    rows = [f"{it:,}\t{'hi' if it > 2000 else 'lo'}" for it in values]
    it = read(tmp_path, "visits\tkind", rows, "it.tsv")
    column = it.column("visits")
    assert isinstance(column, NumberColumn)
    np.testing.assert_array_equal(column.values, values)
    assert it.decimal == "."


def test_long_numbers_that_differ_in_their_last_digits_are_no_numbers(
    tmp_path: Path, draw: random.Random
) -> None:
    rows = [f"{1_700_000_000_000_000_000 + it % 9},{draw.random():.3f}" for it in ROWS]
    column = read(tmp_path, "user,y", rows).column("user")
    assert isinstance(column, CategoryColumn)
    assert len(column.categories) == 9


def test_errors_of_a_spreadsheet_are_missing(tmp_path: Path, draw: random.Random) -> None:
    rows = [f"{'#DIV/0!' if it % 9 == 0 else it / 7:},{draw.choice('xy')}" for it in ROWS]
    column = read(tmp_path, "price,y", rows).column("price")
    assert isinstance(column, NumberColumn)
    assert column.missing_count == sum(it % 9 == 0 for it in ROWS)


@pytest.mark.parametrize("text", ["a,,\nb,,\nc,,\nd,,\n", "yes;;\nno;;\n"])
def test_a_table_of_what_looks_like_titles(tmp_path: Path, text: str) -> None:
    (tmp_path / "it.csv").write_text(text)
    with pytest.raises(UserError):
        inspect(TableFile(path=str(tmp_path / "it.csv")), 0)


def test_deeply_nested_records_are_refused(tmp_path: Path) -> None:
    record = f'{{"y": 1, "a": {"[" * 1100}{"]" * 1100}}}'
    (tmp_path / "it.jsonl").write_text("\n".join([record] * 9))
    with pytest.raises(UserError, match="line 1"):
        read_table(tmp_path / "it.jsonl", TableOptions())


def test_logarithms_of_negative_numbers_are_refused(tmp_path: Path, draw: random.Random) -> None:
    rows = [f"{draw.gauss(0, 9):.2f},{draw.choice('xy')}" for _ in ROWS]
    (tmp_path / "it.csv").write_text("\n".join(["temp,y", *rows, ""]))
    with pytest.raises(UserError, match=r"data\.transform\.temp: log is for numbers from 0 up"):
        inspect(TableFile(path=str(tmp_path / "it.csv"), transform={"temp": "log"}), 0)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_minus_beside_a_plus_is_a_value(form: str, tmp_path: Path, draw: random.Random) -> None:
    signs = [draw.choice("+-") for _ in ROWS]
    numbers = ["-" if it % 7 == 0 else f"{it / 4}" for it in ROWS]
    rows = list(zip(numbers, signs, strict=True))
    if form == "csv":
        it = read(tmp_path, "a,sign", [",".join(row) for row in rows])
    else:
        file = tmp_path / "it.jsonl"
        file.write_text("\n".join(json.dumps({"a": a, "sign": b}) for a, b in rows))
        it = read_table(file, TableOptions())
    sign, number = it.column("sign"), it.column("a")
    assert isinstance(sign, CategoryColumn)
    assert [sign.categories[code] for code in sign.codes] == signs
    assert isinstance(number, NumberColumn)
    assert number.missing_count == sum(it % 7 == 0 for it in ROWS)
    assert "+ and - are values" in it.notes[0]


def test_a_minus_without_a_plus_is_a_missing_value(tmp_path: Path, draw: random.Random) -> None:
    rows = [f"{draw.random()},{draw.choice('ab-')},{draw.choice('xy')}" for _ in ROWS]
    column = read(tmp_path, "a,kind,c", rows).column("kind")
    assert isinstance(column, CategoryColumn)
    assert set(column.categories) == {"a", "b"}


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        ("{0:02}:{1:02}", lambda hour, minute: hour + minute / 60),
        ("{0}:{1:02}:30", lambda hour, minute: hour + minute / 60 + 30 / 3600),
        ("{2}:{1:02} {3}M", lambda hour, minute: hour + minute / 60),
        ("{2}:{1:02}{3}.m.", lambda hour, minute: hour + minute / 60),
    ],
)
def test_times_of_day_are_hours(
    cell: str, hours: Callable[[int, int], float], tmp_path: Path, draw: random.Random
) -> None:
    moments = [(draw.randrange(24), draw.randrange(60)) for _ in ROWS]
    rows = [
        f"{cell.format(hour, minute, (hour + 11) % 12 + 1, 'AP'[hour >= 12])},{draw.choice('xy')}"
        for hour, minute in moments
    ]
    it = read(tmp_path, "at,kind", rows)
    column = it.column("at")
    assert isinstance(column, NumberColumn)
    np.testing.assert_allclose(column.values, [hours(*moment) for moment in moments])
    assert "column 'at': times are read as hours" in it.notes


def test_durations_are_hours(tmp_path: Path) -> None:
    rows = [f"{it * 3}:{it:02}:30,{it % 7},{'pq'[it % 2]}" for it in range(40)]
    column = read(tmp_path, "long,b,y", rows).column("long")
    assert isinstance(column, NumberColumn)
    np.testing.assert_allclose(column.values, [it * 3 + it / 60 + 30 / 3600 for it in range(40)])
    rows = [f"{it + 20}:{it:02},{it % 7},{'pq'[it % 2]}" for it in range(40)]  # of what?
    assert not isinstance(read(tmp_path, "long,b,y", rows).column("long"), NumberColumn)


@pytest.mark.parametrize("form", ["{}h{:02}", "{}h {}m", "{} h {} min"])
def test_times_with_letters_are_hours(tmp_path: Path, form: str) -> None:
    rows = [f"{form.format(it * 3, it)},{it % 7},{'pq'[it % 2]}" for it in range(40)]
    column = read(tmp_path, "long,b,y", rows).column("long")
    assert isinstance(column, NumberColumn)
    np.testing.assert_allclose(column.values, [it * 3 + it / 60 for it in range(40)])


def test_the_century_of_short_years_is_said(tmp_path: Path, draw: random.Random) -> None:
    rows = [
        f"{draw.randrange(13, 29)}/05/{draw.randrange(40, 99)},{draw.choice('xy')}" for _ in ROWS
    ]
    it = read(tmp_path, "born,kind", rows)
    assert "column 'born': years of two digits are read as 1969 to 2068" in it.notes


def test_what_is_no_time_among_times_is_missing(tmp_path: Path, draw: random.Random) -> None:
    rows = [f"{draw.randrange(8, 20)}:{draw.randrange(60):02},{draw.choice('xy')}" for _ in ROWS]
    it = read(tmp_path, "at,kind", [*rows, "closed,x", "25:61,y", "24:00,x"])
    column = it.column("at")
    assert isinstance(column, NumberColumn)
    assert column.missing.tolist() == [False] * len(rows) + [True] * 3
    assert np.nanmin(column.values) >= 8
    assert any("3 of 403" in note for note in it.notes)


def test_minutes_and_seconds_are_no_times_of_day(tmp_path: Path, draw: random.Random) -> None:
    rows = [f"{draw.randrange(10, 41)}:{draw.randrange(60):02},{draw.choice('xy')}" for _ in ROWS]
    assert isinstance(read(tmp_path, "lap,kind", rows).column("lap"), CategoryColumn)


@pytest.mark.parametrize(
    ("cells", "first"),
    [(["75.114", "8.203", "950.000"], 75114), (["75.114", "8.2", "0.950"], 75.114)],
)
def test_points_in_a_table_with_decimal_commas(
    cells: list[str], first: float, tmp_path: Path
) -> None:
    rows = [f"{cells[it % 3]};{it % 9},{it % 7}" for it in ROWS]
    column = read(tmp_path, "count;share", rows).column("count")
    assert isinstance(column, NumberColumn)
    assert (column.values[0], column.grouped) == (first, first > 100)


@pytest.mark.parametrize("years", ["2019,2020,2021", "1990,2000,2010"])
def test_years_over_what_are_none_are_names(
    years: str, tmp_path: Path, draw: random.Random
) -> None:
    rows = [f"C{it},{draw.random():.3f},{draw.random():.3f},{draw.random():.3f}" for it in ROWS]
    it = read(tmp_path, f"Country,{years}", rows)
    assert [column.name for column in it.columns] == ["Country", *years.split(",")]
    years_below = [f"C{it},{2000 + it % 9},{2001 + it % 9},{2002 + it % 9}" for it in ROWS]
    assert read(tmp_path, "C,2000,2001,2002", years_below).rows == len(ROWS) + 1
