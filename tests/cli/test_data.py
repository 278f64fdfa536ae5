"""``tui-dl data``: a report for people and for programs."""

import json
from pathlib import Path

import pytest

from tests.shell import on_terminal, tui_dl


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A table with a long name of a column, and one column that gives the answer away."""
    rows = [
        f"{it * 37 % 101},{it * 13 % 17 + 0.5},2024-01-{it % 28 + 1:02},{leak},{kind}"
        for it, (leak, kind) in enumerate([("x", "a"), ("y", "b")] * 50)
    ]
    header = "size,length of the longest part of the whole,day,leak,kind"
    (tmp_path / "it.csv").write_text("\n".join([header, *rows, ""]))
    return tmp_path / "it.csv"


def test_columns_classes_and_findings(file: Path) -> None:
    done = tui_dl("data", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line.split() for line in lines if line.startswith("day")] == [
        ["day", "date", "10", "0", "2024-01-01", "to", "2024-01-28"]
    ]
    assert "0.5 to 16.5" in done.stdout
    assert ["a", "34", "50.0", "%"] in [line.split() for line in lines]
    assert any(line.startswith("1. column 'leak' gives the answer away") for line in lines)


def test_an_object(file: Path) -> None:
    facts = json.loads(tui_dl("data", str(file), "--json", "--set", "data.target=leak").stdout)
    assert facts["samples"] == sum(facts["splits"].values()) == 100
    assert facts["classes"] == {"x": 34, "y": 34}
    assert [it["name"] for it in facts["columns"]][3:] == ["leak", "kind"]
    (finding,) = facts["findings"]
    assert (finding["check"], finding["columns"]) == ("answer_in_column", ["kind"])
    assert finding["evidence"]["skill"] == 1
    assert finding["remedy"]


@pytest.mark.parametrize("columns", [60, 120])
def test_the_table_fits(file: Path, columns: int) -> None:
    lines = on_terminal(columns, 50, "data", str(file)).stdout.splitlines()
    first = next(it for it, line in enumerate(lines) if line.startswith("COLUMN"))
    table = lines[first : lines.index("", first)]
    assert len(table) == 6
    assert max(map(len, table)) <= columns


def test_a_source_without_columns() -> None:
    done = tui_dl("data", "first-network")
    assert done.returncode == 0
    assert "to train on" in done.stdout
    assert "doubtful" not in done.stdout


def test_no_file() -> None:
    done = tui_dl("data", "absent.csv")
    assert done.returncode == 2
    assert "absent.csv" in done.stderr
    assert done.stderr.count("\n") == 1
