"""Samples of every source for people to look at."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tui_dl.data.preview import Preview, preview
from tui_dl.process.read_experiment import read
from tui_dl.support.errors import UserError


def of(name: str, *overrides: str) -> Preview:
    return preview(read(name, list(overrides)), 12)


def test_digits_are_pictures_one_of_each_first() -> None:
    found = of("lenet5")
    assert found.pictures is not None
    assert found.pictures.shape == (12, 32, 32)
    assert found.targets[:10] == tuple("0123456789")
    assert (found.pictures.min(), found.pictures.max()) == (0, 1)


def test_tokens_are_numbers_and_the_target_is_the_first() -> None:
    found = of("memory", "data.length=12", "data.shortest=none")
    assert len(found.rows) == 12
    for (text,), target in zip(found.rows, found.targets, strict=True):
        assert len(text.split()) == 12
        assert text.split()[0] == target


def test_dates_are_texts_with_their_translation() -> None:
    found = of("translate-dates")
    for (text,), target in zip(found.rows, found.targets, strict=True):
        assert target[2:4] in text  # the year
        assert text == text.strip()
        assert len(target) == 10


def test_tagged_dates_have_a_tag_for_each_character() -> None:
    changes = (
        "data.task=tag",
        'network=[{kind = "embedding", size = 8}, {kind = "dense", units = 7}]',
        'train.metrics=["accuracy"]',
    )
    found = of("translate-dates", *changes)
    for (text,), target in zip(found.rows, found.targets, strict=True):
        assert len(target.split()) == len(text)


def test_points_of_a_plane_are_more_than_the_rows() -> None:
    found = of("hidden-layer")
    assert found.plane is not None
    assert (found.plane.points.shape, len(found.rows)) == ((240, 2), 12)
    assert set(found.plane.labels) == {0, 1}
    low, high = found.plane.edges.T
    assert ((found.plane.points >= low) & (found.plane.points <= high)).all()
    assert of("backprop").plane is None  # two points are shown as exact numbers


def test_states_of_an_environment_move() -> None:
    pytest.importorskip("gymnasium")
    found = of("cartpole")
    assert found.states is not None
    assert found.states.shape == (12, 4)
    assert np.abs(found.states[1:]).max() > np.abs(found.states[0]).max()
    assert found.targets == ()


@pytest.mark.parametrize("table", ["iris", "wine", "diabetes", "breast-cancer"])
def test_rows_of_a_table_are_as_in_its_file(table: str) -> None:
    try:
        experiment = read(table)
    except UserError:
        pytest.skip("no such table")
    found = preview(experiment, 6)
    file = experiment.data.file  # type: ignore[attr-defined]
    text = file.read_text(encoding="utf-8").splitlines()
    header, rows = text[0].split(","), set(text[1:])
    assert set(found.columns) < set(header)
    assert len(found.rows) == 6
    first = {cell for line in rows for cell in line.split(",")}
    assert all(target in first for target in found.targets)
    if classes := experiment.data_spec.classes:
        assert len(set(found.targets)) == classes
        assert found.targets == found.targets[:classes] * (6 // classes)  # in turn


def test_missing_cells_and_texts_of_a_table(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    lines = [f"{n},{'red' if n % 2 else 'blue'},2024-01-{n % 28 + 1:02},{n * 3}" for n in range(60)]
    lines[0] = ",red,,0"
    table.write_text("size,colour,day,price\n" + "\n".join(lines) + "\n")
    found = preview(read(str(table), ["data.target=price"]), 42)
    assert found.columns == ("size", "colour", "day")
    cells = {row[1] for row in found.rows}
    assert cells == {"red", "blue"}
    dates = {row[2] for row in found.rows}
    assert all(it == "–" or it.startswith("2024-01-") for it in dates)
