"""Samples of a table are shown as they stand in the user's file."""

import csv
import random
from pathlib import Path

import numpy as np
import pytest

from tui_dl.data.source_rows import SourceRows
from tui_dl.drawing import picture
from tui_dl.drawing.arrays import array
from tui_dl.drawing.colours import Look
from tui_dl.engine.train.session import train
from tui_dl.process.read_experiment import read
from tui_dl.protocol.artifact import Artifact

NAMES = ["height", "soil", "sown", "grown", "kind"]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    draw, path = random.Random(0), tmp_path_factory.mktemp("own") / "plants.csv"
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(NAMES)
        for row in range(200):
            height = draw.gauss(20, 5) if row else 90_000.0  # far beyond what a network is given
            soil = draw.choice(["clay", "sand", "loam"])
            sown = f"2024-{1 + row % 12:02}-{1 + row % 28:02}"
            kind = "tall" if height > 20 else "short"
            grown = 100_000 + 10 * height
            writer.writerow([f"{height:.3f}" if row % 9 else "", soil, sown, f"{grown:.1f}", kind])
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as stream:
        return list(csv.DictReader(stream))


def seen(path: Path, target: str, kind: str) -> Artifact:
    experiment = read(path, [f"data.target={target}", "train.epochs=2"])
    return [it for it in train(experiment, 2) if isinstance(it, Artifact) and it.kind == kind][-1]


@pytest.mark.parametrize("kind", ["samples", "mistakes"])
def test_numbers_are_in_the_files_units(file: Path, kind: str) -> None:
    it = seen(file, "grown", kind)
    names = it.labels["columns"]
    assert names == ["height", "soil", "sown", "kind"]
    cells = np.array(it.labels["cells"]).reshape(-1, len(names))
    targets = array(it, "target")[:, 0]
    most = {"samples": 16, "mistakes": 30}  # of 30 validation samples
    assert len(cells) == len(targets) == most[kind]
    known = {tuple(_plain(row[name]) for name in names): float(row["grown"]) for row in rows(file)}
    for row, target in zip(cells.tolist(), targets.tolist(), strict=True):
        assert known[tuple(row)] == pytest.approx(target, rel=1e-6)
    assert 90_000 < array(it, "answer").mean() < 1_100_000


def test_classes_have_their_names_and_missing_cells_are_empty(file: Path) -> None:
    it = seen(file, "kind", "samples")
    assert it.labels["classes"] == ["short", "tall"] or it.labels["classes"] == ["tall", "short"]
    cells = np.array(it.labels["cells"]).reshape(-1, 4)
    assert {"clay", "sand", "loam"} >= set(cells[:, 1].tolist())
    rows_drawn = picture.draw(it, 100, 20, Look("none"))
    shown = ["".join(text for text, _ in row) for row in rows_drawn]
    assert shown[0].split() == ["answer", "sure", "target", "height", "soil", "sown", "grown"]
    assert any("2024-" in line for line in shown[1:])


def test_only_the_rows_that_are_evaluated_are_kept(file: Path) -> None:
    from tui_dl import data

    experiment = read(file, ["data.target=kind"])
    dataset = data.load(experiment.data, 0, experiment.data_spec)
    assert dataset.train.source is None
    assert isinstance(dataset.test.source, SourceRows)
    some = dataset.test.take(np.array([3, 1]))
    assert some.source is not None
    assert some.source.texts(2) == [dataset.test.source.texts(4)[it] for it in (3, 1)]


def _plain(cell: str) -> str:
    """A number without the zeros that end it."""
    return f"{float(cell):.12g}" if cell.replace(".", "").isdigit() else cell
