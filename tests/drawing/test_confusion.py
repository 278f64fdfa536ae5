"""The confusion matrix: a chosen cell, its samples, and the commonest of very many confusions."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.cases.observer import artifact
from tests.drawing.test_pictures import DRAWN, LOOKS, assert_boxed
from tui_dl.drawing import picture
from tui_dl.drawing.colours import Look
from tui_dl.drawing.confusion_table import Matrix, squares
from tui_dl.drawing.styled_text import StyledLine, length

TRUE = Look("true")
SIZE = 70, 20
MATRIX = replace(DRAWN["confusion"], labels=DRAWN["confusion"].labels | {"split": ["validation"]})
SAMPLES = DRAWN["samples"]
PAIRS = artifact(
    "confusion",
    {
        "pairs": np.array([[0, 1], [2, 1], [99, 0]]),
        "counts": np.array([30, 4, 1]),
        "of": np.array([31, 9, 2]),
        "right": np.array([465, 500]),
    },
    target=["cat", "a longer name", "last"],
    answer=["dog", "dog", "cat"],
    split=["validation"],
)


def plain(rows: list[StyledLine]) -> str:
    return "\n".join("".join(text for text, _ in row).rstrip() for row in rows)


def test_a_chosen_cell_is_marked_and_said() -> None:
    shown = plain(picture.draw(MATRIX, *SIZE, TRUE, (0, 2)))
    assert "▸3" in shown
    assert "cat answered as a longer name: 3 of 23" in shown
    chosen = [style for row in picture.draw(MATRIX, *SIZE, TRUE, (0, 2)) for _, style in row]
    assert chosen.count("reverse") == 1


@given(
    st.integers(2, 90), st.data(), st.integers(36, 200), st.integers(5, 60), st.sampled_from(LOOKS)
)
def test_the_chosen_cell_is_always_there(
    classes: int, data: st.DataObject, width: int, height: int, look: Look
) -> None:
    """However many classes there are, and however small the box."""
    it = artifact("confusion", {"matrix": np.full((classes, classes), 7, np.int32)})
    assert picture.cells(it) == (classes, classes)
    cell = data.draw(st.tuples(*[st.integers(0, classes - 1)] * 2))
    rows = picture.draw(it, width, height, look, cell)
    assert_boxed(rows, width, height)
    shown = plain(rows)
    assert (">7" if look.ascii else "▸7") in shown
    assert f"{cell[0]} answered as {cell[1]}: 7 of" in shown


def test_the_samples_of_a_cell_are_those_that_were_recorded() -> None:
    known = {"confusion": MATRIX, "samples": SAMPLES}
    shown = plain(picture.draw_details("confusion", known, (1, 2), *SIZE, TRUE))
    lines = shown.splitlines()
    assert lines[0] == "dog answered as a longer name: 0 of 1,201"
    assert lines[1] == "recorded: 0 of these validation samples, and 1 test sample"
    assert shown.count("✘") == 1
    right = plain(picture.draw_details("confusion", known, (1, 1), *SIZE, TRUE))
    assert right.count("✔") == 1
    none = plain(picture.draw_details("confusion", {"confusion": MATRIX}, (0, 2), *SIZE, TRUE))
    assert none.splitlines()[1:] == ["recorded: 0 of these validation samples"]


def test_the_samples_of_the_matrix_come_first_and_once() -> None:
    own = {name: SAMPLES.arrays[name] for name in SAMPLES.arrays}
    index = artifact("x", {"index": np.array([5, 7, 9, 11])}).arrays
    matrix = replace(MATRIX, arrays=MATRIX.arrays | own | index)
    mistakes = replace(SAMPLES, kind="mistakes", arrays=own | index)
    known = {"confusion": matrix, "mistakes": mistakes, "samples": SAMPLES}
    shown = plain(picture.draw_details("confusion", known, (1, 2), *SIZE, TRUE))
    assert shown.splitlines()[1] == "recorded: 1 of these validation samples, and 1 test sample"
    assert shown.count("✘") == 2


def test_the_commonest_confusion_is_chosen_first() -> None:
    assert picture.first_cell(MATRIX) == (2, 1)
    assert picture.first_cell(PAIRS) == (0, 0)


def test_a_test_sample_that_is_a_mistake_too_is_shown_once() -> None:
    index = artifact("x", {"index": np.array([5, 7, 9, 11])}).arrays
    samples = replace(SAMPLES, arrays=SAMPLES.arrays | index)
    final = replace(MATRIX, labels=MATRIX.labels | {"split": ["test"]})
    mistakes = replace(samples, kind="mistakes")
    known = {"confusion": final, "samples": samples, "mistakes": mistakes}
    shown = plain(picture.draw_details("confusion", known, (1, 2), *SIZE, TRUE))
    assert shown.count("✘") == 1
    assert "recorded: 4 of these" not in shown
    assert "recorded: 1 of these test samples" in shown


def test_of_very_many_classes_the_commonest_confusions_are_listed() -> None:
    lines = plain(picture.draw(PAIRS, *SIZE, TRUE)).splitlines()
    assert lines[0] == "93.0 % right  the commonest confusions"
    assert lines[1] == "  cat taken for dog: 30 of 31"
    assert picture.cells(PAIRS) == (3, 1)
    assert (
        plain(picture.draw(PAIRS, 40, 2, TRUE, (2, 0))).splitlines()[1].startswith("▸ last taken")
    )
    details = plain(picture.draw_details("confusion", {"confusion": PAIRS}, (1, 0), *SIZE, TRUE))
    assert details.startswith("a longer name answered as dog: 4 of 9")


def test_no_confusion_at_all_is_said() -> None:
    nothing = {"pairs": np.zeros((0, 2), np.int64), "counts": np.zeros(0), "of": np.zeros(0)}
    it = artifact("confusion", nothing | {"right": np.array([9, 9])}, target=[], answer=[])
    assert plain(picture.draw(it, *SIZE, TRUE)).splitlines() == [
        "100.0 % right  the commonest confusions", "none",
    ]  # fmt: skip
    assert picture.cells(it)[0] == 0


@pytest.mark.parametrize("name", ["pairs", "counts", "of", "right"])
def test_what_is_missing_of_the_commonest_confusions_is_said(name: str) -> None:
    arrays = {key: it for key, it in PAIRS.arrays.items() if key != name}
    it = replace(PAIRS, arrays=arrays)
    for rows in (
        picture.draw(it, *SIZE, TRUE),
        picture.draw_details("confusion", {"confusion": it}, (1, 0), *SIZE, TRUE),
    ):
        assert_boxed(rows, *SIZE)
    assert picture.cells(it) in ((0, 0), (3, 1))


def test_no_mistake_is_good_news() -> None:
    it = artifact("mistakes", {"index": np.zeros(0, np.int64)}, split=["test"])
    assert plain(picture.draw(it, 40, 5, TRUE)) == "none: every answer is right"
    assert picture.heading(it) == "worst mistakes of the test samples"
    assert picture.heading(it, {"test": 1_620}) == "worst mistakes of the 1,620 test samples"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (203, "203 mistakes in 269 test samples, the worst first"),
        (1, "1 mistake in 269 test samples"),
        (0, "0 mistakes in 269 test samples"),
    ],
)
def test_how_many_mistakes_there_are_is_said(wrong: int, says: str) -> None:
    it = artifact("mistakes", {"mistakes": np.array([wrong])}, split=["test"])
    assert picture.heading(it, {"test": 269}) == says
    assert picture.of_split(it, {"test": 269}, 40) == f"{wrong} of 269 test samples"
    assert picture.of_split(it, {"test": 269}, 12) == f"{wrong} of 269"
    assert picture.of_split(it, {"test": 269}, 5) == ""


@pytest.mark.parametrize(("look", "none"), [(TRUE, "#262626"), (Look(light=True), "#eeeeee")])
def test_squares_have_the_grounds_of_the_table(look: Look, none: str) -> None:
    counts = 9 * np.eye(4)
    counts[0, 2] = 3
    colours = " ".join(style for row in squares(Matrix(counts, [*"abcd"]), 8, 2, look)
                       for _, style in row)  # fmt: skip
    assert set(re.findall("#[0-9a-f]{6}", colours)) >= {none, "#d75f00"}
    assert len(set(re.findall("#[0-9a-f]{6}", colours))) == 3  # and the diagonal


@pytest.mark.parametrize(("mistakes", "size"), [(0, (16, 8)), (1, (16, 8)), (3, (12, 6))])
def test_squares_are_as_large_as_the_mistakes_in_words_allow(
    mistakes: int, size: tuple[int, int]
) -> None:
    counts = 9 * np.eye(4)
    counts[0, 1 : 1 + mistakes] = 1
    rows = squares(Matrix(counts, [*"abcd"]), 20, 9, TRUE)
    assert ({length(row) for row in rows}, len(rows)) == ({size[0]}, size[1])
