"""Splits of a table by one of its columns: by named parts, by groups and by time."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui_dl import data
from tui_dl.data.readers.read_table import read_table
from tui_dl.data.split_by_column import by_groups, by_time
from tui_dl.data.split_table import split_table
from tui_dl.data.table import options_of
from tui_dl.spec.data.table import TableFile, TableSplit
from tui_dl.spec.data_spec import DataSpec
from tui_dl.support.errors import UserError

ROWS = 120
PART = ["train"] * 8 + ["Valid", "TEST"]


def table_of(folder: Path, columns: Mapping[str, Any], **split: str) -> TableFile:
    """A file with a column of numbers, those given, and a target of two classes."""
    draw = np.random.default_rng(0)
    given = {"size": draw.normal(size=ROWS).round(3), **columns}
    given.setdefault("kind", [["u", "v"][it // 3 % 2] for it in range(ROWS)])
    lines = [",".join(map(str, row)) for row in zip(*given.values(), strict=True)]
    path = folder / "rows.csv"
    path.write_text("\n".join([",".join(given), *lines, ""]), encoding="utf-8")
    return TableFile(path=str(path), target="kind", split=TableSplit(**split) if split else None)


def rows_of(source: TableFile, seed: int = 0) -> list[np.ndarray[Any, Any]]:
    """The rows of each part; together every row once."""
    parts, _ = split_table(read_table(source.file, options_of(source)), source, seed)
    np.testing.assert_array_equal(np.sort(np.concatenate(parts)), np.arange(ROWS))
    return list(parts)


def described(source: TableFile) -> DataSpec:
    return data.inspect(source, 0)[0]


def refusal(source: TableFile) -> str:
    with pytest.raises(UserError) as caught:
        data.inspect(source, 0)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def features(spec: DataSpec) -> dict[str, int]:
    return {column.name: column.features for column in spec.columns}


def test_rows_are_in_the_parts_that_the_file_names(tmp_path: Path) -> None:
    source = table_of(tmp_path, {"part": PART * 12}, column="part")
    train, validation, test = rows_of(source)
    assert set(train % 10) == set(range(8))
    assert (set(validation % 10), set(test % 10)) == ({8}, {9})
    spec = described(source)
    assert spec.splits == (96, 12, 12)
    assert features(spec) == {"size": 1, "part": 0, "kind": 0}
    assert "rows are split by column 'part', which is not predicted from" in spec.notes


def test_rows_to_validate_with_are_drawn_where_the_file_names_none(tmp_path: Path) -> None:
    part = (["train"] * 9 + ["test"]) * 12
    source = table_of(tmp_path, {"part": part}, column="part")
    train, validation, test = rows_of(source)
    assert (len(train), len(validation), len(test)) == (92, 16, 12)
    assert set(test % 10) == {9}
    kinds = np.arange(ROWS) // 3 % 2
    assert kinds[validation].sum() == pytest.approx(8, abs=1)
    note = "no row is named to validate with: 15% of those to train on are, drawn at random"
    assert note in described(source).notes
    np.testing.assert_array_equal(rows_of(source)[1], validation)


def test_no_class_loses_its_last_row_to_train_on(tmp_path: Path) -> None:
    columns = {
        "part": ["test" if it % 10 == 9 else "train" for it in range(ROWS)],
        "kind": ["w" if it == 50 else "uv"[it % 2] for it in range(ROWS)],
    }
    source = table_of(tmp_path, columns, column="part")
    for seed in range(12):
        assert 50 in rows_of(source, seed)[0]


def test_a_group_is_in_one_part(tmp_path: Path) -> None:
    patients = np.arange(ROWS) // 4 + 100  # numbers, each one person's
    source = table_of(tmp_path, {"patient": patients}, group="patient")
    parts = rows_of(source)
    groups = [set(patients[rows]) for rows in parts]
    assert sum(map(len, groups)) == 30
    assert [len(rows) for rows in parts] == pytest.approx([84, 18, 18], abs=4)
    assert features(described(source))["patient"] == 0
    other = rows_of(source, seed=1)
    assert groups != [set(patients[rows]) for rows in other]
    np.testing.assert_array_equal(rows_of(source)[2], parts[2])


def test_rows_without_a_group_are_one(tmp_path: Path) -> None:
    patients = ["" if it % 10 == 0 else f"p{it // 4}" for it in range(ROWS)]
    source = table_of(tmp_path, {"patient": patients}, group="patient")
    nameless = set(range(0, ROWS, 10))
    assert [len(nameless & set(rows)) for rows in rows_of(source)].count(0) == 2


@pytest.mark.parametrize("sizes", [(1, 1, 118), (118, 1, 1), (40, 40, 40), (60, 59, 1)])
@pytest.mark.parametrize("seed", range(3))
def test_every_part_has_a_group_whatever_their_sizes(sizes: tuple[int, ...], seed: int) -> None:
    groups = np.repeat(np.arange(3, dtype=np.int32), sizes)
    parts = by_groups(groups, 0.15, 0.15, seed)
    assert sorted(groups[rows[0]] for rows in parts) == [0, 1, 2]
    assert sorted(map(len, parts)) == sorted(sizes)


def test_the_group_of_a_class_that_training_would_not_have_is_moved_there(tmp_path: Path) -> None:
    kind = ["w" if it // 4 == 7 else "uv"[it % 2] for it in range(ROWS)]
    columns = {"patient": np.arange(ROWS) // 4, "kind": kind}
    source = table_of(tmp_path, columns, group="patient")
    for seed in range(12):
        assert {28, 29, 30, 31} <= set(rows_of(source, seed)[0])


def test_the_latest_rows_are_tested(tmp_path: Path) -> None:
    day = np.random.default_rng(0).permutation(ROWS) // 2
    dates = np.datetime64("2024-01-01") + day
    for column in (dates, day):  # numbers are moments too, and count up here
        source = table_of(tmp_path, {"when": column}, time="when")
        train, validation, test = (day[rows] for rows in rows_of(source))
        assert train.max() < validation.min() <= validation.max() < test.min()
        assert described(source).splits == (84, 18, 18)
        assert features(described(source))["when"] == 0


def test_moments_are_not_divided() -> None:
    years = np.repeat(np.arange(2000, 2004), [50, 10, 4, 56])
    train, validation, test = by_time(years, 0.1, 0.1)
    assert (len(train), len(validation), len(test)) == (50, 14, 56)
    assert set(years[validation]) == {2001, 2002}


DAYS = np.datetime64("2024-01-01") + np.arange(ROWS) // 2


@pytest.mark.parametrize(
    ("values", "split", "says"),
    [
        (PART * 12, {"column": "prt"}, "rows.csv has no column 'prt'; did you mean 'part'?"),
        (PART * 12, {"group": "kind"}, "column 'kind' is the target: name another one"),
        (["train", "val"] * 60, {"column": "part"}, "'part': no row is of the part test"),
        ([*PART * 11, *["holdout"] * 10], {"column": "part"}, "'holdout' is none of train, val"),
        ([*PART * 11, *[""] * 10], {"column": "part"}, "'part': 10 rows without a value"),
        (["a"] * ROWS, {"group": "part"}, "'part': 1 group: at least 3 are needed"),
        (["a", "b"] * 60, {"group": "part"}, "'part': 2 groups: at least 3 are needed"),
        (["a", "b", "c"] * 40, {"time": "part"}, "'part': a category is no time"),
        ([2001, 2002] * 60, {"time": "part"}, "'part': 2 moments: at least 3 are needed"),
        (["2024-01-01"] * ROWS, {"time": "part"}, "'part': 1 moment: at least 3 are needed"),
        (["", *DAYS[1:]], {"time": "part"}, "'part': 1 row without a value"),
    ],
)
def test_a_split_that_cannot_be_is_refused(
    tmp_path: Path, values: list[Any], split: dict[str, str], says: str
) -> None:
    message = refusal(table_of(tmp_path, {"part": values}, **split))
    assert message.startswith("data.split: ")
    assert says in message


def test_a_class_that_came_later_is_refused(tmp_path: Path) -> None:
    kind = ["w" if it > 110 else "uv"[it % 2] for it in range(ROWS)]
    source = table_of(tmp_path, {"day": DAYS, "kind": kind}, time="day")
    assert "no row to train on is of class 'w': leave its rows out" in refusal(source)


@pytest.mark.parametrize("keys", [{}, {"group": "a", "time": "b"}])
def test_a_split_is_by_one_column(keys: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="give one of column, group and time"):
        TableSplit(**keys)
