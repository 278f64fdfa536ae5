"""The report as a whole: nothing on clean data, the same each time, every check tested."""

import json
import time
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from tests.data.report.tables import category, draw, number, split, table
from tui_dl.data import report
from tui_dl.data.table import inspect
from tui_dl.runs import data_files
from tui_dl.spec.data.table import TableFile
from tui_dl.spec.data_spec import DataSpec, Finding
from tui_dl.spec.layers.base import TensorSpec


def test_every_check_has_a_test() -> None:
    tests = {file.stem.removeprefix("test_") for file in Path(__file__).parent.glob("test_*.py")}
    missing = sorted(set(report.NAMES) - tests)
    assert report.NAMES
    assert not missing, f"checks without a test in tests/data/report: {missing}"


@pytest.mark.parametrize("name", ["iris", "wine", "breast_cancer", "diabetes"])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_clean_data_has_no_findings(name: str, seed: int, tmp_path: Path) -> None:
    datasets: Any = pytest.importorskip("sklearn.datasets", reason="needs scikit-learn")
    it = getattr(datasets, f"load_{name}")()
    header = ",".join([*it.feature_names, "target"])
    rows = np.column_stack([it.data, it.target])
    np.savetxt(tmp_path / "it.csv", rows, "%.10g", ",", header=header, comments="")
    spec, _ = inspect(TableFile(path=str(tmp_path / "it.csv")), seed)
    assert spec.findings == ()
    assert sum(spec.class_counts) == (0 if name == "diabetes" else spec.splits[0])


def test_findings_and_ranges_are_kept_by_a_run(tmp_path: Path) -> None:
    rows = [f"{it},{it % 59 + 0.5},2024-01-{it % 28 + 1:02},k,{'xy'[it % 2]}" for it in range(60)]
    (tmp_path / "it.csv").write_text("\n".join(["row,a,day,same,kind", *rows, ""]))
    spec, _ = inspect(TableFile(path=str(tmp_path / "it.csv")), 0)
    assert [it.check for it in spec.findings] == ["constant_columns"]
    data_files.write_spec(tmp_path, spec)
    kept = json.loads((tmp_path / data_files.SPEC).read_text())
    assert kept["findings"][0]["columns"] == ["same"]
    assert sum(kept["class_counts"]) == spec.splits[0]
    columns = {it["name"]: it for it in kept["columns"]}
    assert (columns["a"]["least"], columns["a"]["most"], columns["a"]["distinct"]) == (
        0.5,
        58.5,
        59,
    )
    assert columns["day"]["least"] == "2024-01-01T00:00:00"
    assert columns["same"]["distinct"] == 0


def test_a_description_without_findings_is_still_read() -> None:
    now = DataSpec(TensorSpec((4,)), TensorSpec(()), 9, (7, 1, 1))
    old = msgspec.to_builtins(now)
    del old["findings"], old["class_counts"]
    spec = msgspec.convert(old, DataSpec)
    assert spec.findings == ()


def test_the_report_is_the_same_each_time() -> None:
    values = draw().normal(size=500)
    kinds = category("kind", ["ab"[int(it > 0)] for it in values])
    it = table(number("a", values), number("copy", 2 * values + 1), kinds)
    once: tuple[Finding, ...] = report.report(it, split(500))
    assert [(it.check, it.columns) for it in once] == [
        ("answer_in_column", ("a",)),
        ("answer_in_column", ("copy",)),
        ("duplicate_columns", ("a", "copy")),
    ]
    assert report.report(it, split(500)) == once


@pytest.mark.slow
def test_a_large_table_takes_about_a_second() -> None:
    rows, random = 200_000, draw()
    columns = [number(f"n{it}", random.normal(size=rows)) for it in range(19)]
    it = table(*columns, number("y", random.normal(size=rows)))
    start = time.process_time()
    assert report.report(it, split(rows)) == ()
    assert time.process_time() - start < 5  # 0.7 s on a quiet machine
