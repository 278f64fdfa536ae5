"""Long tables take shorter ways: they must lead to the same columns."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from tui_dl.data.readers.delimited import read_delimited
from tui_dl.data.readers.read_table import read_table
from tui_dl.data.readers.table import (
    CategoryColumn,
    DateColumn,
    NumberColumn,
    TableOptions,
    TextColumn,
)
from tui_dl.support.errors import UserError

ROWS = 500_000


def _write(path: Path, *columns: list[str]) -> Path:
    """A file of these columns and a target."""
    target = [f"{it % 3}" for it in range(ROWS)]
    names = [f"x{it}" for it in range(len(columns))]
    rows = zip(*columns, target, strict=True)
    path.write_text("\n".join([",".join([*names, "class"]), *map(",".join, rows), ""]))
    return path


def test_texts_and_missing_ones(tmp_path: Path) -> None:
    texts = [f" a note on item {it}" for it in range(ROWS)]
    texts[7], texts[ROWS - 1], texts[100] = "", " n/a ", "na"
    column = read_table(_write(tmp_path / "a.csv", texts)).column("x0")
    assert isinstance(column, TextColumn)
    assert np.flatnonzero(column.missing).tolist() == [7, 100, ROWS - 1]
    assert column.values[8] == "a note on item 8"
    assert column.values[7] == ""
    assert not isinstance(column.texts, list)  # no string is made of a cell before it is needed
    some = column.take(np.array([ROWS - 1, 8]))
    assert some.values == ["", "a note on item 8"]
    assert some.missing.tolist() == [True, False]
    assert column.take(slice(6, 9)).values == column.values[6:9]


def test_numbers_that_begin_with_decimals(tmp_path: Path) -> None:
    numbers = [f"{it}.5" for it in range(ROWS)]
    numbers[3], numbers[ROWS - 1] = "NA", "-999"
    path = _write(tmp_path / "a.csv", numbers)
    column = read_table(path, TableOptions(missing=("NA", "-999"))).column("x0")
    assert isinstance(column, NumberColumn)
    assert np.flatnonzero(column.missing).tolist() == [3, ROWS - 1]
    assert column.values[4] == 4.5


@pytest.mark.parametrize("late", ["1,234.5", "$7.50", " 8.25 "])
def test_a_late_cell_that_is_no_plain_number(tmp_path: Path, late: str) -> None:
    numbers = [f"{it}.5" for it in range(ROWS)]
    numbers[ROWS - 2] = f'"{late}"'
    column = read_table(_write(tmp_path / "a.csv", numbers)).column("x0")
    assert isinstance(column, NumberColumn)
    assert column.values[ROWS - 2] == {"1,234.5": 1234.5, "$7.50": 7.5, " 8.25 ": 8.25}[late]


def test_days(tmp_path: Path) -> None:
    days = [f"2024-{1 + it % 12:02}-{1 + it % 28:02}" for it in range(ROWS)]
    days[3], days[ROWS - 1] = "NA", "2024-02-29T10:00"
    column = read_table(_write(tmp_path / "a.csv", days)).column("x0")
    assert isinstance(column, DateColumn)
    assert np.flatnonzero(column.missing).tolist() == [3]
    assert column.values[[4, ROWS - 1]].astype(str).tolist() == [
        "2024-05-05T00:00:00",
        "2024-02-29T10:00:00",
    ]


@pytest.mark.parametrize("late", ["2024-02-30", "31/14/2023", " n/a "])
def test_a_late_cell_that_is_no_plain_day(tmp_path: Path, late: str) -> None:
    days = [f"2024-{1 + it % 12:02}-{1 + it % 28:02}" for it in range(ROWS)]
    days[ROWS - 2] = late
    column = read_table(_write(tmp_path / "a.csv", days)).column("x0")
    assert isinstance(column, DateColumn)
    assert np.flatnonzero(column.missing).tolist() == [ROWS - 2]


def test_whole_numbers_may_be_codes_however_late_that_shows(tmp_path: Path) -> None:
    codes = [f"{10000 + it % 40}" for it in range(ROWS)]
    codes[ROWS - 3] = "01234"
    column = read_table(_write(tmp_path / "a.csv", codes)).column("x0")
    assert isinstance(column, CategoryColumn)


def test_a_ragged_row_after_numbers_is_named(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv", [f"{it}.5" for it in range(ROWS)])
    with path.open("a") as file:
        file.write("1.5\n")
    with pytest.raises(UserError, match=rf"line {ROWS + 2:,}: 1 cell where the first row has 2"):
        read_table(path)


def test_no_thread_holds_the_text_once_it_is_read() -> None:
    """A thread that lets go of it while the interpreter shuts down would abort the process."""
    text = b"a,b,y\n" + b"".join(b"%d.5,%d,c\n" % (row, row) for row in range(100_000))
    before = sys.getrefcount(text)
    for _ in range(20):
        read_delimited(text, "table.csv", TableOptions())
        assert sys.getrefcount(text) == before
