"""Experiments of tables: their short form, paths, what is found out, and the proposed network."""

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from tui_dl import data
from tui_dl.presets import COURSE
from tui_dl.process.read_experiment import is_data, read
from tui_dl.spec.data.table import TableFile
from tui_dl.spec.data_names import SOURCE_NAMES
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import kind
from tui_dl.spec.layers.products import Dense
from tui_dl.spec.memory.need import need
from tui_dl.support.errors import UserError

EXPERIMENT = """
title = "x"
data = { source = "rows.csv" }
network = [{ kind = "dense", units = 2 }]
"""


def rows(count: int, target: str = "kind") -> str:
    draw = np.random.default_rng(0)
    lines = [f"{draw.normal():.3f},{draw.normal():.3f},{'uv'[it % 2]}" for it in range(count)]
    return "\n".join([f"a,b,{target}", *lines, ""])


def table_of(experiment: Experiment) -> TableFile:
    assert isinstance(experiment.data, TableFile)
    return experiment.data


def units(experiment: Experiment) -> list[int]:
    return [layer.units for layer in experiment.network if isinstance(layer, Dense)]


def test_a_relative_path_is_relative_to_its_file_or_its_override(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
        (folder / "rows.csv").write_text(rows(60))
    (there / "it.toml").write_text(EXPERIMENT)
    monkeypatch.chdir(here)
    own = read("../there/it.toml")
    assert Path(table_of(own).path).samefile(there / "rows.csv")
    assert Path(table_of(own).path).is_absolute()
    other = read("../there/it.toml", ["data.source=rows.csv"])
    assert table_of(other).path == str(here / "rows.csv")


def test_what_was_found_out_is_in_the_keys(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(rows(60))
    (tmp_path / "it.toml").write_text(EXPERIMENT)
    experiment = read(tmp_path / "it.toml")
    table = table_of(experiment)
    assert (table.target, table.decimal) == ("kind", ".")
    assert table.transform == {"a": "standardize", "b": "standardize"}
    assert experiment.data_spec.splits == (44, 8, 8)
    again = read(tmp_path / "it.toml", ["data.transform.a=min_max"])
    assert table_of(again).transform == {"a": "min_max", "b": "standardize"}


@pytest.mark.parametrize(
    ("overrides", "says"),
    [
        (["data.source=rows"], "unknown source 'rows'"),
        (["data.source=no.csv"], "no.csv: No such file"),
        (["data.target=z"], "data.target: .*rows.csv has no column 'z'"),
        (["data.columns.a=numbr"], "data.columns.a: .* did you mean 'number'"),
        (["data.transform.a=words"], "rows.csv: data.transform.a: no transform of a number"),
        (["network[0].units=3"], "2 classes of its data needs 2"),
        (["data.validation=0.9"], "make them smaller"),
    ],
)
def test_a_wrong_key_is_refused(tmp_path: Path, overrides: list[str], says: str) -> None:
    (tmp_path / "rows.csv").write_text(rows(60))
    (tmp_path / "it.toml").write_text(EXPERIMENT)
    with pytest.raises(UserError, match=says):
        read(tmp_path / "it.toml", overrides)


@pytest.mark.parametrize("count", [60, 3_000])
def test_a_network_is_proposed_by_the_number_of_rows(tmp_path: Path, count: int) -> None:
    (tmp_path / "rows.csv").write_text(rows(count))
    of_classes = read(tmp_path / "rows.csv")
    small = count < 1_000
    assert units(of_classes) == [32 if small else 64] * 2 + [2]
    assert of_classes.metric == "accuracy"
    assert of_classes.train.early_stopping
    numbers = read(tmp_path / "rows.csv", ["data.target=a", "network[0].units=5"])
    assert units(numbers)[0] == 5
    assert units(numbers)[-1] == 1
    assert numbers.metric == "r2"
    assert of_classes.train.weight_average is None
    assert numbers.train.weight_average == (0.958333 if small else 0.998106)  # over 8 epochs
    assert numbers.data_spec.class_names == ()


def test_a_class_of_one_row_is_trained_on(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(rows(60) + "1,2,rare\n")
    for seed in range(5):
        experiment = read(tmp_path / "rows.csv", [f"train.seed={seed}"])
        dataset = data.load(experiment.data, seed, experiment.data_spec)
        rare = experiment.data_spec.class_names.index("rare")
        assert (dataset.train.targets == rare).sum() == 1
        assert len(dataset.train) == experiment.data_spec.splits[0]


def test_the_training_rows_alone_decide_how_columns_are_prepared(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(rows(60))
    experiment = read(tmp_path / "rows.csv")
    before = data.load(experiment.data, 0)
    assert before.preparation
    np.testing.assert_allclose(before.train.inputs.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(before.train.inputs.std(axis=0), 1, rtol=1e-5)
    assert not np.allclose(before.test.inputs.mean(axis=0), 0, atol=1e-3)


def test_the_memory_of_reading_is_counted(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(rows(60))
    reading = need(read(tmp_path / "rows.csv")).parts[0]
    assert (reading.name, reading.bytes) == ("reading the file", TableFile.reader_bytes)
    experiment = read(tmp_path / "rows.csv")
    large = experiment.described(replace(experiment.data_spec, file_size=10**9))
    assert need(large).parts[0].bytes > 5e9


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.csv", True),
        ("A.TSV.gz", True),
        ("b.jsonl", True),
        ("c.conllu", True),
        ("it.toml", False),
        ("lenet5", False),
        ("digits", True),
        ("mnist", True),
    ],
)
def test_data_is_told_by_its_name(name: str, expected: bool) -> None:
    assert is_data(name) == expected


@pytest.mark.parametrize("name", SOURCE_NAMES)
def test_a_source_that_needs_no_file_has_a_network(name: str) -> None:
    experiment = read(name)
    assert kind(experiment.data) == name
    assert name in COURSE or not experiment.lesson  # cartpole is a preset, too
