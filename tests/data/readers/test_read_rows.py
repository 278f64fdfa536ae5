"""Rows to predict for: read as the training file was, whatever they would look like alone."""

from pathlib import Path

import numpy as np
import pytest

from tui_dl.data.readers.read_rows import TableRows, read_rows, rows_of_records
from tui_dl.data.readers.table import CategoryColumn, DateColumn, NumberColumn, TableOptions
from tui_dl.support.errors import UserError

KINDS = {"when": "date_month_first", "size": "number", "name": "category"}


def read(folder: Path, text: str, kinds: dict[str, str], **options: str) -> TableRows:
    (folder / "rows.csv").write_text(text)
    return read_rows(folder / "rows.csv", kinds, TableOptions(**options))  # type: ignore[arg-type]


def test_one_row_is_read_by_what_training_found(tmp_path: Path) -> None:
    text = "when;name;size;more\n03/04/2020;7;1,5;x\n"
    found = read(tmp_path, text, KINDS, decimal=",")
    assert found.rows == 1
    assert set(found.columns) == set(KINDS)
    when, size, name = (found.columns[it] for it in KINDS)
    assert isinstance(when, DateColumn)
    assert isinstance(size, NumberColumn)
    assert isinstance(name, CategoryColumn)
    assert when.values[0] == np.datetime64("2020-03-04")
    assert size.values[0] == 1.5
    assert name.categories == ("7",)
    day_first = read(tmp_path, text, KINDS | {"when": "date_day_first"}, decimal=",")
    assert isinstance(it := day_first.columns["when"], DateColumn)
    assert it.values[0] == np.datetime64("2020-04-03")


def test_cells_of_another_kind_count_as_missing_unless_all_are(tmp_path: Path) -> None:
    found = read(tmp_path, "size\n1\nunknown\n3\n?\n", {"size": "number"})
    np.testing.assert_array_equal(found.columns["size"].missing, [False, True, False, True])
    assert found.unread == {1: ["column 'size': 'unknown' is no number: it counts as missing"]}
    with pytest.raises(UserError, match="no cell of column 'size' is a number"):
        read(tmp_path, "size\nbig\nsmall\n", {"size": "number"})
    assert read(tmp_path, "size,a\n,1\nNA,2\n", {"size": "number"}).columns["size"].missing.all()


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("big", "'big,red': column 'size': 'big' is no number: correct it"),
        ("1e999", "'1e999,red', column 'size': the number is infinite or too large: leave the"),
        ("1e99", r"'1e99,red', column 'size': the number \(1e\+99\) is too .*: correct it$"),
    ],
)
def test_a_typed_row_is_named_as_it_was_typed(cell: str, says: str) -> None:
    kinds = {"size": "number", "name": "category"}
    typed = {"size": cell, "name": "red"}
    with pytest.raises(UserError, match=f"^{says}"):
        rows_of_records([typed], kinds, TableOptions(), line=",".join(typed.values()))


def test_a_file_may_have_another_decimal_mark_than_training(tmp_path: Path) -> None:
    text = "when;size;name\n03/04/2020;1,5;a\n03/05/2020;20;b\n"
    found = read(tmp_path, text, KINDS, decimal=".")
    assert isinstance(size := found.columns["size"], NumberColumn)
    assert size.values.tolist() == [1.5, 20]
    assert found.decimal == ","
    found = read(tmp_path, "size;a\n1,500;x\n2,250;y\n", {"size": "number"}, decimal=".")
    assert isinstance(size := found.columns["size"], NumberColumn)
    assert size.values.tolist() == [1500, 2250]  # which commas of three digits do not show


@pytest.mark.parametrize(
    ("kind", "decimal", "size"), [("number_grouped", ",", 1234), ("number", ",", 1.234)]
)
def test_one_point_stands_where_it_stood_in_training(
    kind: str, decimal: str, size: float, tmp_path: Path
) -> None:
    found = read(tmp_path, "size;a\n1.234;x\n", {"size": kind}, decimal=decimal)
    assert isinstance(column := found.columns["size"], NumberColumn)
    assert column.values.tolist() == [size]
    options = TableOptions(decimal=",")
    record = rows_of_records([{"size": 1.234}], {"size": kind}, options).columns["size"]
    assert isinstance(record, NumberColumn)
    assert record.values.tolist() == [1.234]


@pytest.mark.parametrize("text", ['{"size": 3}', '{\n  "size": 3\n}\n'])
def test_one_record_is_one_row(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, text, {"size": "number"})
    assert found.rows == 1
    assert isinstance(size := found.columns["size"], NumberColumn)
    assert size.values.tolist() == [3]


def test_a_header_is_known_by_the_names_of_the_columns(tmp_path: Path) -> None:
    named = read(tmp_path, "name\nred\n", {"name": "category"})
    assert named.rows == 1
    unnamed = read(tmp_path, "1,2\n", {"column_1": "number", "column_2": "number"})
    assert unnamed.rows == 1


def test_records_are_read_as_files_are() -> None:
    given: list[dict[str, object]] = [
        {"when": "2020-03-04", "size": np.float32(1.5), "name": True},
        {"size": float("nan")},
    ]
    found = rows_of_records(given, KINDS, TableOptions(decimal=","))
    assert found.rows == 2
    size, name = found.columns["size"], found.columns["name"]
    assert isinstance(size, NumberColumn)
    assert isinstance(name, CategoryColumn)
    assert size.values[0] == 1.5
    assert name.categories == ("true",)
    for column in found.columns.values():
        np.testing.assert_array_equal(column.missing, [False, True])


def test_dates_of_training_stand_beside_others(tmp_path: Path) -> None:
    text = "when\n2020-03-05\n" + "13.03.2020\n" * 3
    found = read(tmp_path, text, {"when": "date"})
    assert isinstance(when := found.columns["when"], DateColumn)
    assert when.values[:2].astype("datetime64[D]").astype(str).tolist() == [
        "2020-03-05",
        "2020-03-13",
    ]
    assert not found.unread


def test_three_digits_after_a_zero_are_decimals(tmp_path: Path) -> None:
    found = read(tmp_path, "size;a\n0,522;x\n0,123;y\n", {"size": "number"}, decimal=".")
    assert isinstance(size := found.columns["size"], NumberColumn)
    assert size.values.tolist() == [0.522, 0.123]


def test_the_columns_that_are_there_are_named_where_others_miss(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no columns 'a', 'b', which .* reads; it has 'A', 'B'$"):
        read(tmp_path, "A,B\n1,2\n", {"a": "number", "b": "number"})
