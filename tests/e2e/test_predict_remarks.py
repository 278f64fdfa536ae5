"""`tui-dl predict` says what it did to a sample; what was learned from is spared."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import tui_dl
from tests.shell import tui_dl as shell
from tui_dl.cli.main import main
from tui_dl.engine.inference.table_model import TableModel
from tui_dl.process.read_experiment import read
from tui_dl.support.errors import UserError


def train(home: Path, *given: str) -> None:
    *_, _ = tui_dl.train(read(given[0], [*given[1:], "train.epochs=1"]), runs=home, threads=1)


def predict(home: Path, *arguments: str) -> tuple[int, str, str]:
    done = shell("predict", "last", *arguments, "--runs", str(home), cwd=home)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The network of a table of a colour, a size and a class."""
    home = tmp_path_factory.mktemp("table")
    rows = [f"{'red' if at % 3 else 'blue'},{at % 11},{at % 11 > 5}" for at in range(90)]
    (home / "own.csv").write_text("colour,size,large\n" + "\n".join(rows) + "\n")
    train(home, str(home / "own.csv"))
    return home


NEW = "'mauve' is new: it counts as none of those of training"
GAP = "column 'size': no value: the mean of training takes its place"


def test_unknown_and_missing_values_of_a_table_are_said(table: Path) -> None:
    (table / "new.csv").write_text("colour,size\nred,5\nmauve,5\nmauve,\n")
    status, printed, says = predict(table, "new.csv")
    assert status == 0
    assert len(printed.splitlines()) == 4
    file = table / "new.csv"
    assert says.splitlines() == [
        f"{file}, row 2 and 1 more: column 'colour': {NEW}",
        f"{file}, row 3: {GAP}",
    ]
    status, printed, says_too = predict(table, "new.csv", "--json")
    found = [json.loads(line).get("remarks") for line in printed.splitlines()]
    assert (status, says_too) == (0, says)
    assert found == [None, [f"column 'colour': {NEW}"], [f"column 'colour': {NEW}", GAP]]
    assert predict(table, "--text", "mauve,5", "--lang", "ko")[2] == (
        "--text: 열 'colour': 'mauve': 훈련에 없던 값입니다: 훈련에 있던 어느 값도 아닌 것으로 "
        "봅니다\n"
    )


def test_a_typed_row_is_read_or_refused(table: Path) -> None:
    model = tui_dl.load("last", runs=table)
    assert isinstance(model, TableModel)
    assert model.answer(["red\n,5"]) == model.answer(["red,5"])
    for line, why in (('"red', "1 cell"), (f"{'x' * 200_000},5", "larger than field limit")):
        with pytest.raises(ValueError, match=f"{why}.*: wanted: colour, size"):
            model.answer([line])
    with pytest.raises(UserError, match=r"^'red,inf', column 'size': the number is infinite"):
        model.answer(["red,inf"])
    for lines in (["red,big"], ["red,5", "red,big"]):  # each is looked at by itself
        with pytest.raises(UserError, match=r"^'red,big': column 'size': 'big' is no number: corr"):
            model.answer(lines)
    status, _, says = predict(table, "--text", "red,5", "--text", "mauve,5")
    assert (status, says) == (0, f"--text 'mauve,5': column 'colour': {NEW}\n")


def test_a_line_that_is_not_utf_8_is_refused(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["predict", "last", "--runs", str(table), "--text", "M\udcffller,5"]) == 2
    assert "argument --text: is not UTF-8: set the terminal to UTF-8" in capsys.readouterr().err


def test_lines_may_name_images(tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    for name, size in (("a.png", 8), ("b.png", 9)):
        image.fromarray(np.full((size, size), 7, np.uint8)).save(tmp_path / name)
    (tmp_path / "list.txt").write_text("a.png\nb.png\n")
    (tmp_path / "bad.txt").write_text("a.png\nno.png\n")
    train(tmp_path, "first-network")
    status, printed, says = predict(tmp_path, "list.txt")
    assert (status, len(printed.splitlines())) == (0, 3)
    assert says == f"{tmp_path}/list.txt, line 2: resized from 9 × 9 to 8 × 8 pixels\n"
    assert predict(tmp_path, "--text", "a.png")[1].splitlines() == [
        printed.splitlines()[0],
        printed.splitlines()[1],
    ]
    for arguments, why in (
        (["bad.txt"], "bad.txt, line 2: "),
        (["--text", "list.txt"], "no image: PNG, JPEG, BMP, WEBP are read"),
        (["--text", "."], "is a folder: give a file"),
        (["--text", "no.png"], "wanted: the path of an image"),
    ):
        status, printed, says = predict(tmp_path, *arguments)
        assert (status, printed, len(says.splitlines())) == (2, "", 1)
        assert why in says


def test_the_table_that_was_learned_from_is_never_overwritten(table: Path) -> None:
    (table / "one.csv").write_text("colour,size\nred,5\n")
    before = (table / "own.csv").read_bytes()
    status, printed, error = predict(table, "one.csv", "--output", "own.csv")
    assert (status, printed) == (2, "")
    assert error.endswith("own.csv: the run has learned from it: choose a new file\n")
    assert len(error.splitlines()) == 1
    assert (table / "own.csv").read_bytes() == before
