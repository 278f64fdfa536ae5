"""The bundled tables: known figures of each, and the way from a name to its file."""

from pathlib import Path

import numpy as np
import pytest

from tui_dl.data.readers.read_table import read_table
from tui_dl.data.readers.table import CategoryColumn, NumberColumn
from tui_dl.process.read_experiment import read
from tui_dl.spec.data.table import TableFile
from tui_dl.support.errors import UserError

CLASSES = {  # and how many rows each has
    "iris": {"setosa": 50, "versicolor": 50, "virginica": 50},
    "wine": {"Barolo": 59, "Grignolino": 71, "Barbera": 48},
    "breast-cancer": {"malignant": 212, "benign": 357},
}
MEANS = {  # of one column, as published
    "iris": ("petal length", 3.758),
    "wine": ("alcohol", 13.0006),
    "breast-cancer": ("mean radius", 14.1273),
    "diabetes": ("bmi", 26.3758),
}


def test_every_bundled_table_is_described() -> None:
    text = (TableFile(path="bundled:iris").file.parent / "README.md").read_text(encoding="utf-8")
    assert set(TableFile.bundled) == set(MEANS)
    assert all(f"`{name}.csv`" in text for name in TableFile.bundled)


@pytest.mark.parametrize("name", TableFile.bundled)
def test_numbers_and_classes_are_those_that_were_published(name: str) -> None:
    table = read_table(TableFile(path=f"bundled:{name}").file)
    target = table.column(table.target)
    assert target is table.columns[-1]
    assert len(table.inputs) == len(table.columns) - 1
    assert not any(column.missing_count for column in table.columns)
    key, mean = MEANS[name]
    column = table.column(key)
    assert isinstance(column, NumberColumn)
    assert column.values.mean() == pytest.approx(mean, abs=1e-4)
    if isinstance(target, CategoryColumn):
        counts = np.bincount(target.codes).tolist()
        assert dict(zip(target.categories, counts, strict=True)) == CLASSES[name]
    else:
        assert name == "diabetes"


def test_a_name_is_short_for_its_table(tmp_path: Path) -> None:
    file = tmp_path / "it.toml"
    network = "network = [{ kind = 'dense', units = 3 }]"
    file.write_text(f"title = 'x'\ndata = {{ source = 'wine' }}\n{network}\n")
    experiment = read(file)
    assert isinstance(experiment.data, TableFile)
    assert (experiment.data.path, experiment.data.target) == ("bundled:wine", "cultivar")
    file.write_text(experiment.to_toml())
    assert read(file) == experiment  # wherever the package is installed
    other = read(file, ["data.source=iris", "data.target=none", "data.transform={}"])
    assert other.data_spec.class_names == tuple(CLASSES["iris"])


def test_a_network_is_proposed_for_a_name() -> None:
    experiment = read("breast-cancer")
    assert experiment.data_spec.input.shape == (150,)  # 30 numbers, and quarters
    assert experiment.title == "breast-cancer: diagnosis"
    assert str(TableFile(path="bundled:breast-cancer").file.parent) not in experiment.to_toml()


@pytest.mark.parametrize("source", ["Iris", "breast_cancer"])
def test_a_name_that_is_nearly_one_is_refused(tmp_path: Path, source: str) -> None:
    file = tmp_path / "it.toml"
    file.write_text(f"title = 'x'\ndata = {{ source = '{source}' }}\nnetwork = []\n")
    with pytest.raises(UserError, match=f"unknown source '{source}'; did you mean '[a-z-]+'"):
        read(file)
