"""Numbers as people export them: currencies, percent, brackets, blanks; and codes of digits."""

from pathlib import Path

import pytest

from tests.data.readers.tables import kinds, read, values
from tui_dl.data.readers.read_rows import read_rows
from tui_dl.data.readers.table import NumberColumn, TableOptions

Y = ["p", "q"] * 20


def table_of(cells: list[str], delimiter: str = ";") -> str:
    rows = [f"{cell}{delimiter}{y}" for cell, y in zip(cells * 20, Y, strict=False)]
    return "\n".join([f"x{delimiter}y", *rows, ""])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["$1,234.50", "$12"], [1234.5, 12]),
        (["-$5.50", "$-12", "($3.25)", "+$1"], [-5.5, -12, -3.25, 1]),
        (["1.234,50 €", "12,00 €", "7 €"], [1234.5, 12, 7]),
        (["EUR 1.234,50", "EUR 3,10"], [1234.5, 3.1]),
        (["12 %", "7.5%", "0%"], [12, 7.5, 0]),
        (["1 234,50", "12,25", "1 000"], [1234.5, 12.25, 1000]),
        (["1\u202f234,50", "12,25"], [1234.5, 12.25]),
        (["1'234.50", "12.25"], [1234.5, 12.25]),
        (["PLN 3,50", "PLN 4"], [3.5, 4]),
        (["₽ 3", "A$4", "Rs. 1,500"], [3, 4, 1500]),
        (["£1,000", "£2,500,000"], [1000, 2_500_000]),
    ],
)
def test_signs_are_left_out(tmp_path: Path, cells: list[str], expected: list[float]) -> None:
    table = read(tmp_path, table_of(cells))
    assert values(table, "x")[: len(cells)] == expected


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    notes = read(tmp_path, table_of(["$5", "$6", "$7.5"])).notes
    assert "column 'x': $ is left out of its numbers" in notes
    notes = read(tmp_path, table_of(["$5", "6 €", "$7.5"])).notes
    assert any("mixes $ and €" in note for note in notes)
    notes = read(tmp_path, table_of(["5 %", "0.5", "0", "7%"])).notes
    assert any("10 of 40 numbers stand there without it" in note for note in notes)


@pytest.mark.parametrize(
    "cells", [["01234", "94110", "10001"], ["007", "12", "3"], ["030 1234", "040 99 99 9"]]
)
def test_codes_are_no_quantities(tmp_path: Path, cells: list[str]) -> None:
    table = read(tmp_path, table_of(cells))
    assert kinds(table)["x"] == "category"
    assert set(values(table, "x")) == set(cells)


@pytest.mark.parametrize(
    "cells",
    [
        ["555 123 4567", "555 987 6543"],
        ["555 123 456", "555 987 654"],
        ["A 1", "B 2"],
        ["3-4", "5-6"],
    ],
)
def test_what_is_no_number(tmp_path: Path, cells: list[str]) -> None:
    assert kinds(read(tmp_path, table_of(cells)))["x"] == "category"


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u202f"])
def test_whole_numbers_with_blanks_between_thousands(tmp_path: Path, blank: str) -> None:
    cells = [it.replace(" ", blank) for it in ("6 385 195", "488 752", "-950", "0")]
    table = read(tmp_path, table_of(cells))
    assert values(table, "x")[:4] == [6_385_195, 488_752, -950, 0]
    assert "column 'x': blanks stand between thousands" in table.notes
    (tmp_path / "rows.csv").write_text(f"x\n{cells[0]}\n{cells[0]}\n")
    found = read_rows(tmp_path / "rows.csv", {"x": "number"}, TableOptions())
    assert isinstance(found_x := found.columns["x"], NumberColumn)
    assert found_x.values.tolist() == [6_385_195, 6_385_195]


@pytest.mark.parametrize("kind", ["number", "number_grouped"])
def test_blanks_stand_between_thousands_where_the_user_says_numbers(
    tmp_path: Path, kind: str
) -> None:
    table = read(tmp_path, table_of(["555 123 456", "555 987 654"]), columns={"x": kind})
    assert values(table, "x")[:2] == [555_123_456, 555_987_654]


def test_a_zero_alone_is_a_number(tmp_path: Path) -> None:
    assert kinds(read(tmp_path, table_of(["0", "0.5", "10"])))["x"] == "number"
