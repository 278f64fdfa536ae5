"""Numbers with a unit in their cell: read in it, here and at prediction; several are no numbers."""

from pathlib import Path

import pytest

from tests.data.readers.tables import kinds, read, refused, values
from tests.data.readers.test_number_signs import table_of
from tui_dl.data.readers.read_rows import read_rows
from tui_dl.data.readers.table import NumberColumn, TableOptions


@pytest.mark.parametrize(
    ("cells", "expected", "unit"),
    [
        (["12 kg", "3.5kg", "0"], [12, 3.5, 0], "kg"),
        (["3,5 kg", "2,25 kg"], [3.5, 2.25], "kg"),
        (["1.234,5 kg", "2 kg"], [1234.5, 2], "kg"),
        (["1,234.5 kg", "950 kg"], [1234.5, 950], "kg"),
        (["1 000 kg", "2 500 kg"], [1000, 2500], "kg"),
        (["12 km/h", "-3 km/h"], [12, -3], "km/h"),
        (["5 °C", "\u22124 °C"], [5, -4], "°C"),
        (["9.8 m/s²", "10 m/s²"], [9.8, 10], "m/s²"),
        (["12 sq ft", "30 sq ft"], [12, 30], "sq ft"),
        (["1 hour", "3 hours"], [1, 3], "hours"),
        (["12개", "3개"], [12, 3], "개"),
    ],
)
def test_one_unit(tmp_path: Path, cells: list[str], expected: list[float], unit: str) -> None:
    table = read(tmp_path, table_of(cells))
    assert values(table, "x")[: len(cells)] == expected
    assert f"column 'x': numbers in {unit}" in table.notes
    assert isinstance(column := table.column("x"), NumberColumn)
    assert column.unit == unit


@pytest.mark.parametrize(
    "cells", [["12 kg", "500 g"], ["5 m", "300 ms"], ["2 hours", "30 min"], ["5.2E", "3.1W"]]
)
def test_several_units(tmp_path: Path, cells: list[str]) -> None:
    table = read(tmp_path, table_of(cells))
    assert kinds(table)["x"] == "category"
    assert table.notes[1] == (
        "column 'x' is not read as numbers, for they have several units: "
        f"{cells[0]!r} in line 2 and {cells[1]!r} in line 3: write them in one"
    )
    line = refused(tmp_path, table_of(cells), columns={"x": "number"})
    assert line.startswith(f"table.csv, line 2, column 'x': {cells[0]!r} is no number")


@pytest.mark.parametrize(
    "cells", [["12A", "13B", "14C"], ["1st", "2nd", "3rd"], ["12 PM", "3 AM"], ["10-20 kg", "3 kg"]]
)
def test_letters_that_are_no_units(tmp_path: Path, cells: list[str]) -> None:
    table = read(tmp_path, table_of(cells))
    assert kinds(table)["x"] == "category"
    assert not any("'x'" in note for note in table.notes)


@pytest.mark.parametrize("cells", [["95212.jpg", "1663.jpg"], ["1AB", "1C"], ["1AB", "2AB", "3C"]])
def test_files_and_grades_have_no_unit(tmp_path: Path, cells: list[str]) -> None:
    table = read(tmp_path, table_of(cells))
    assert kinds(table)["x"] == "category"
    assert not any("'x'" in note for note in table.notes)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["€4.1M", "€45K", "€0", "€900"], [4_100_000, 45_000, 0, 900]),
        (["-$1.5bn", "$2B", "$3 mn"], [-1_500_000_000, 2_000_000_000, 3_000_000]),
        (["1.2M EUR", "850K EUR"], [1_200_000, 850_000]),
        (["12K", "1.5M", "900"], [12_000, 1_500_000, 900]),
        (["12k", "3.5k", "950"], [12_000, 3_500, 950]),
    ],
)
def test_thousands_and_millions(tmp_path: Path, cells: list[str], expected: list[float]) -> None:
    table = read(tmp_path, table_of(cells))
    assert values(table, "x")[: len(cells)] == expected
    assert "column 'x': K, M and B are thousands, millions and billions" in table.notes
    (tmp_path / "rows.csv").write_text(f"x\n{cells[0]}\n{cells[0]}\n")
    unit = getattr(table.column("x"), "unit", "")
    found = read_rows(tmp_path / "rows.csv", {"x": "number"}, TableOptions(), "", {"x": unit})
    assert getattr(found.columns["x"], "values", None) == pytest.approx([expected[0]] * 2)


@pytest.mark.parametrize(
    ("cells", "unit"), [(["300 K", "310.5 K"], "K"), (["12M", "24M"], "M"), (["3B", "4B"], "B")]
)
def test_letters_that_may_be_units_are_no_thousands(
    tmp_path: Path, cells: list[str], unit: str
) -> None:
    assert f"column 'x': numbers in {unit}" in read(tmp_path, table_of(cells)).notes


def test_a_target_of_few_cells_that_repeat_has_classes(tmp_path: Path) -> None:
    rows = "".join(f"{it},{it % 2 + 2}D\n" for it in range(40))
    target = read(tmp_path, f"x,y\n{rows}").column("y")
    assert getattr(target, "categories", None) == ("2D", "3D")
    rows = "".join(f"{it % 7},{it}.5 kg\n" for it in range(40))
    assert isinstance(read(tmp_path, f"x,y\n{rows}").column("y"), NumberColumn)


def test_rows_to_predict_for_have_the_unit_of_training_or_none(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("x;y\n12 kg;1 h\n3;2 h\n500 g;3\n1 000,5kg;4\n")
    found = read_rows(
        tmp_path / "rows.csv", {"x": "number"}, TableOptions(), "y", {"x": "kg", "y": "h"}
    )
    assert isinstance(column := found.columns["x"], NumberColumn)
    assert column.values[[0, 1, 3]].tolist() == [12, 3, 1000.5]
    assert found.unread == {2: ["column 'x': '500 g' is no number in kg: it counts as missing"]}
    assert getattr(found.columns["y"], "categories", None) == ("1", "2", "3", "4")
