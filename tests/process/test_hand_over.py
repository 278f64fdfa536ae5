"""A small table goes from the process that has inspected it to the worker of a run."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tui_dl import data
from tui_dl.data.dataset import Dataset
from tui_dl.process import hand_over, spawn
from tui_dl.process.read_experiment import read
from tui_dl.runs.folder import Run, create
from tui_dl.runs.status import State
from tui_dl.spec.experiment import Experiment

ROWS = 60


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table with a column of every kind, missing cells and a target that is missing once."""
    lines = ["code,size,colour,sown,remark,weight"]
    for row in range(ROWS):
        size = "" if row % 9 == 0 else f"{row % 13}.{row}"
        colour, day = ("red", "blue", "", "grün")[row % 4], f"2024-0{1 + row % 9}-1{row % 7}"
        remark = f"a long remark on row {row} of all" if row % 11 else ""
        lines.append(f"x{row:03},{size},{colour},{day},{remark},{'' if row == 5 else row * 1.5}")
    path = tmp_path / "plants.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def left(table: Path, home: Path, *overrides: str) -> tuple[Run, Experiment]:
    experiment = read(table, ["train.epochs=2", *overrides])
    run = create(home, "plants", experiment)
    hand_over.leave(run, experiment)
    return run, experiment


def assert_same(one: Dataset, other: Dataset) -> None:
    assert one.fingerprint == other.fingerprint
    assert one.preparation
    assert other.preparation
    assert one.preparation.metadata() == other.preparation.metadata()
    for name, array in one.preparation.tensors().items():
        assert array.tobytes() == other.preparation.tensors()[name].tobytes()
    for split in ("train", "validation", "test"):
        ours, theirs = getattr(one, split), getattr(other, split)
        assert ours.inputs.dtype == theirs.inputs.dtype
        np.testing.assert_array_equal(ours.inputs, theirs.inputs)
        np.testing.assert_array_equal(ours.targets, theirs.targets)
        assert (ours.source is None) == (theirs.source is None)
        if ours.source:
            assert ours.source.names == theirs.source.names
            assert ours.source.texts(len(ours)) == theirs.source.texts(len(ours))


@pytest.mark.parametrize("target", ["weight", "colour"])
def test_the_worker_gets_what_it_would_read(table: Path, home: Path, target: str) -> None:
    run, experiment = left(table, home, f"data.target={target}")
    taken = hand_over.take(run)
    assert taken
    assert_same(taken, data.load(experiment.data, experiment.train.seed))


def test_tokens_have_their_lengths(tmp_path: Path, home: Path) -> None:
    table = tmp_path / "reviews.csv"
    words = ["good", "bad", "fine", "awful", "great", "poor"]
    rows = [f"{words[it % 6]} it is {words[it % 5]} I say,{'yn'[it % 2]}" for it in range(ROWS)]
    table.write_text("\n".join(["text,label", *rows]))
    run, experiment = left(table, home)
    taken, loaded = hand_over.take(run), data.load(experiment.data, experiment.train.seed)
    assert taken
    assert_same(taken, loaded)
    np.testing.assert_array_equal(taken.train.lengths, loaded.train.lengths)


def test_it_is_taken_once(table: Path, home: Path) -> None:
    run, _ = left(table, home)
    assert hand_over.take(run)
    assert hand_over.take(run) is None
    assert not (run.path / hand_over.NAME).exists()


def test_a_damaged_one_is_not_taken(table: Path, home: Path) -> None:
    run, _ = left(table, home)
    path = run.path / hand_over.NAME
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert hand_over.take(run) is None


def test_another_table_or_seed_is_not_taken(table: Path, home: Path) -> None:
    run, experiment = left(table, home)
    other = create(home, "other", read(table, ["train.epochs=2", "train.seed=7"]))
    (run.path / hand_over.NAME).rename(other.path / hand_over.NAME)
    assert hand_over.take(other) is None
    changed = read(table, ["train.epochs=2"])
    table.write_text(table.read_text(encoding="utf-8").replace("red", "pink"), encoding="utf-8")
    again = create(home, "again", changed)
    hand_over.leave(again, changed)  # the file is not as it was inspected
    assert hand_over.take(again) is None
    assert experiment == changed


def test_a_worker_does_without_pyarrow() -> None:
    code = "import sys, tui_dl.process.worker; print('pyarrow' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.slow
def test_a_worker_trains_without_the_file(table: Path, home: Path) -> None:
    run, _ = left(table, home)
    table.unlink()
    subprocess.run(spawn.command("tui_dl.process.worker", str(run.path.absolute())), check=True)
    assert State(run).status == "finished"
    assert not (run.path / hand_over.NAME).exists()
