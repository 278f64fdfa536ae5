"""The samples of a table: what an inspection leaves for loading, and the order of the splits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tui_dl import data
from tui_dl.data.dataset import Dataset
from tui_dl.data.table import prepared
from tui_dl.spec.data.table import TableFile

ROWS = [f"{it % 7},{it * 1.5},word{it % 3},{'ab'[it % 2]}" for it in range(60)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return _write(tmp_path / "table.csv", ROWS)


def _write(path: Path, rows: list[str]) -> Path:
    path.write_text("\n".join(["a,b,c,class", *rows, ""]))
    return path


def _arrays(dataset: Dataset) -> list[np.ndarray]:
    parts = dataset.train, dataset.validation, dataset.test
    return [array for it in parts for array in (it.inputs, it.targets)]


def test_what_was_inspected_is_loaded_as_from_the_file(path: Path) -> None:
    spec, source = data.inspect(TableFile(path=str(path)), 0)
    first, second = (data.load(source, 0, spec) for _ in range(2))  # one inspection is for one load
    for one, other in zip(_arrays(first), _arrays(second), strict=True):
        np.testing.assert_array_equal(one, other)
    assert first.test.source
    assert second.test.source
    assert first.test.source.texts(3) == second.test.source.texts(3)


def test_another_seed_has_another_split(path: Path) -> None:
    spec, source = data.inspect(TableFile(path=str(path)), 0)
    inputs = data.load(source, 1, spec).train.inputs
    _, source = data.inspect(TableFile(path=str(path)), 1)
    np.testing.assert_array_equal(inputs, data.load(source, 1, spec).train.inputs)


def test_a_file_that_changed_since_its_inspection_is_read(path: Path) -> None:
    _, source = data.inspect(TableFile(path=str(path)), 0)
    _write(path, ROWS * 2)
    assert sum(len(it) for it in _arrays(data.load(source, 0))) == 2 * len(ROWS) * 2


def test_each_split_has_its_rows(path: Path) -> None:
    _, source = data.inspect(TableFile(path=str(path)), 0)
    assert isinstance(source, TableFile)
    it = prepared(source, 0)
    dataset = data.load(source, 0)
    for part, rows in zip((dataset.validation, dataset.test), it.splits[1:], strict=True):
        assert part.source
        cells = [ROWS[row].split(",") for row in rows]
        assert [float(row[1]) for row in part.source.texts(len(rows))] == [
            float(row[1]) for row in cells
        ]
        assert part.targets.tolist() == ["ab".index(row[3]) for row in cells]
