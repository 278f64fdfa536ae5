"""Long cells of a table: cut with dots, in straight columns of samples and report."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.hostile import TEXT
from tui_dl.data.preview import preview
from tui_dl.drawing.colours import Look
from tui_dl.drawing.data_report import draw_report
from tui_dl.drawing.samples import draw_samples
from tui_dl.drawing.styled_text import StyledLine, length
from tui_dl.process.read_experiment import read
from tui_dl.spec.experiment import Experiment

LOOK = Look("none", False)
LETTERS = [
    'so good and "plain", ',
    "배웁니다 \n\n 데이터에서, ",
    TEXT.replace("\0", "") + "\r\n\ttab ",
]
WIDTHS = (40, 54, 76, 116, 196)


def table(folder: Path, *, is_alone: bool) -> Experiment:
    """A table of texts with 2,000 letters, alone or beside a category as long and a number."""
    file, beside = folder / "long.csv", [] if is_alone else ["same", "size"]
    with file.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["a name of 60 letters " * 3, *beside, "label"])
        for row in range(120):
            said = (f"{row} " + LETTERS[row % 3] * 200)[:2000]
            cells = [] if is_alone else ["always the same " * 125, f"{row}.5"]
            rows.writerow([said, *cells, ("나쁘다 " if row % 2 else "good ") * 20])
    return read(str(file))


def plain(rows: list[StyledLine]) -> list[str]:
    return ["".join(text for text, _ in row) for row in rows]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("is_alone", [True, False])
def test_long_cells_end_in_dots_and_targets_are_in_a_column(
    is_alone: bool, width: int, tmp_path: Path
) -> None:
    experiment = table(tmp_path, is_alone=is_alone)
    drawn = draw_samples(preview(experiment, 6), width, 7, LOOK)
    assert all(length(row) <= width for row in drawn)
    places = {length(row[:1]) for row in drawn[1:]}  # where the arrow begins
    assert len(places) == 1
    for row in drawn[1:]:
        (cells, _), (arrow, _), (target, _) = row
        assert "…" in cells
        assert (arrow, target[-1]) == (" → ", "…")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_long_value_is_named_by_its_beginning(width: int, tmp_path: Path) -> None:
    rows = draw_report(table(tmp_path, is_alone=False).data_spec, width)
    assert max(map(length, rows)) <= max(width, 76)  # bars keep their size
    assert "always the same" in "\n".join(plain(rows))
    assert len("".join(plain(rows))) < 2500


def test_points_are_drawn_in_their_plane_where_it_fits() -> None:
    found = preview(read("hidden-layer"), 12)
    rows = ["".join(text for text, _ in row) for row in draw_samples(found, 80, 30, LOOK)]
    assert (len(rows), rows[-2].split()) == (30, ["class", "0", "1"])
    assert rows[-1].startswith("x1 ")
    assert {*"".join(rows[:-2])} == {*" 01"}
    low = ["".join(text for text, _ in row) for row in draw_samples(found, 80, 5, LOOK)]
    assert len(low) == 5
    assert all("→" in it for it in low)
