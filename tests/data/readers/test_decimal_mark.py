"""The decimal mark is weighed over all columns: a few lists of numbers do not change the others."""

from pathlib import Path

import pytest

from tests.data.readers.tables import read, values
from tui_dl.data.readers.column_types import column_types
from tui_dl.data.readers.dialect import Dialect
from tui_dl.data.readers.table import Table, TableOptions


def made(
    folder: Path, odd: list[str], between: str = ",", point: str = "{0}.{1:03}", usual: str = "{0}"
) -> Table:
    """A table whose first column begins with odd cells, and the second has points."""
    rows = [
        f'"{odd[it] if it < len(odd) else usual.format(it % 58 + 1)}"{between}'
        f"{point.format(30 + it % 9, 1 + it * 37 % 998)}{between}{'xy'[it % 2]}"
        for it in range(400)
    ]
    return read(folder, "\n".join([f"county{between}lat{between}big", *rows]))


@pytest.mark.parametrize("count", [1, 20])
def test_lists_in_a_few_cells_are_no_decimals(tmp_path: Path, count: int) -> None:
    it = made(tmp_path, [f"{row + 10},{row + 11}" for row in range(count)])
    assert it.decimal == "."
    assert values(it, "lat")[0] == 30.001
    assert values(it, "county")[count - 1 : count + 1] == [None, count + 1]
    assert any(f"{count} of 400 cells are no numbers" in note for note in it.notes)


def test_thousands_stay_such_beside_one_decimal(tmp_path: Path) -> None:
    it = made(tmp_path, ["3,5"], usual="${0},{0:03}", point="12.5")
    assert values(it, "county")[:2] == [None, 2002]


DOUBT = "if that is wrong, say data.decimal"


@pytest.mark.parametrize(
    ("odd", "between", "point", "decimal", "is_doubtful"),
    [
        (400, ";", "{0}.{1:03}", ",", False),  # points part thousands
        (400, ";", "{0}.5", ",", True),
        (400, ",", "{0}.{1:03}", ",", True),
        (400, ",", "{0}.5", ".", True),
        (20, ",", "{0}.{1:03}", ".", True),
        (20, ";", "{0}.{1:03}", ",", True),
        (20, ";", "{0}.5", ".", True),
        (20, ",", "{0}.5", ".", False),
    ],
)
def test_columns_that_contradict_each_other(
    odd: int, between: str, point: str, decimal: str, is_doubtful: bool, tmp_path: Path
) -> None:
    it = made(tmp_path, [f"{row + 10},{row % 50 + 11}" for row in range(odd)], between, point)
    assert it.decimal == decimal
    assert any(DOUBT in note for note in it.notes) == is_doubtful


def test_columns_of_a_doubtful_table_are_not_parsed_as_numbers_at_once() -> None:
    rows = [[f"{it},5" if it % 2 else "7", f"{it}.25"] for it in range(1, 41)]
    for cells, count in ((rows, 0), ([["7", it] for _, it in rows], 1)):
        assert len(column_types(cells, ["a", "b"], TableOptions(), Dialect(","))) == count
