"""Cells such as NA and - that count as missing are named where they may be values."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.data.readers.tables import kinds, read, values
from tui_dl.data.readers.layout import BLOCK


def said(name: str, cell: str, cells: int, example: str = "NA") -> str:
    return (
        f"column {name!r}: {cell!r} in {cells} cells counts as missing: if it is a value, say "
        f'which cells are not, such as data.missing = ["{example}"]'
    )


def rows(count: int = 40) -> list[dict[str, str]]:
    return [
        {
            "land": ["NA", "EU", "AS", "SA"][row % 4],
            "size": "NA" if row % 4 == 1 else f"{row * 37 % 101 / 8}",
            "y": ["-", "K", "G"][row % 3],
        }
        for row in range(count)
    ]


@pytest.mark.parametrize("is_json", [False, True])
def test_among_names_and_in_the_target(is_json: bool, tmp_path: Path) -> None:
    lines = [json.dumps(it) if is_json else ",".join(it.values()) for it in rows()]
    content = "\n".join(lines if is_json else ["land,size,y", *lines])
    name = "table.jsonl" if is_json else "table.csv"
    table = read(tmp_path, content, name)
    notes = [it for it in table.notes if "counts as missing" in it]
    assert notes == [said("land", "NA", 10, "?"), said("y", "-", 14)]
    assert values(table, "y")[:3] == [None, "K", "G"]
    assert kinds(table)["size"] == "number"
    assert values(table, "size")[1] is None
    table = read(tmp_path, content, name, missing=["?"], columns={"size": "category"})
    assert values(table, "y")[:3] == ["-", "K", "G"]
    assert not any("counts as missing" in it for it in table.notes)


@pytest.mark.parametrize("cells", ["12?", "1?2"])
def test_a_target_of_numbers(cells: str, tmp_path: Path) -> None:
    content = "\n".join(["a,b", *(f"{row * 1.5},{cells[row % 3]}" for row in range(30))])
    assert said("b", "?", 10) in read(tmp_path, content).notes
    assert not any("'?'" in it for it in read(tmp_path, content, target="a").notes)


def test_numbers_of_a_long_table_beside_such_names(tmp_path: Path) -> None:
    cells = [",".join(it.values()) for it in rows(4000)]
    content = "\n".join(["land,size,y", *(cells * (1 + BLOCK // len("\n".join(cells))))])
    table = read(tmp_path, content)
    assert any(it.startswith("column 'land': 'NA' in") for it in table.notes)
    assert kinds(table)["size"] == "number"
    assert np.mean(table.column("size").missing) == 0.25
