"""Filters of a list of runs: which runs they leave, and what is said of those that cannot be."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fake_run import finished_run
from tui_dl.runs.details import Details
from tui_dl.runs.entries import Entry
from tui_dl.runs.filter import Filter
from tui_dl.runs.folder import Run
from tui_dl.runs.listing import Listed
from tui_dl.runs.status import Status
from tui_dl.support.errors import UserError
from tui_dl.support.translations import use


def entry(
    name: str, preset: str = "", status: Status = "finished", title: str = "", **figures: float
) -> Entry:
    """A run of a list."""
    details = Details(title or name, "Letters are read", preset, "accuracy", figures)
    found = ["dead_relu"] if title else []
    listed = Listed(
        1, "", 0, 0, status, 3, 0.5, None, 0.0, False, [], details, None, diagnoses=found
    )
    return Entry(Run(Path(f"/runs/20260101-000000-{name}-00000000")), listed)


RUNS = [
    entry("lenet5", "lenet5", test_accuracy=0.95, validation_accuracy=0.8, train_loss=0.2),
    entry("wide", "lenet5", title="lenet5 · filters=12", validation_accuracy=0.92, train_loss=0.1),
    entry("first-network", "first-network", "running", train_loss=1.5, epochs=2),
]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", "012"),
        ("   ", "012"),
        ("accuracy > 0.9", "01"),
        ("accuracy>0.93", "0"),
        ("validation_accuracy >= 0.92", "1"),
        ("accuracy > 0.9 preset:lenet5 wide", "1"),
        ("wide accuracy > 0.9", "1"),
        ("train_loss * 2 + 1 < (accuracy + 1) * 2", "01"),
        ("-train_loss < -1", "2"),
        ("1 / (train_loss - train_loss) > 0", ""),
        ("epochs<=2", "2"),
        ("test > 0.9", "0"),
        ("validation > 0.9", "1"),
        ("loss <= 0.5 time > 1", ""),
        ("loss < 0.6 test > 0.9", "0"),
        ("first-network", "2"),
        ("LENET5", "01"),
        ('"lenet5 · filters"', "1"),
        ("filters=12", "1"),
        ("letters read", "012"),
        ("status:live", "2"),
        ("status:fin name:wide", "1"),
        ("diagnosis:dead_relu", "1"),
        ('diagnosis:"dead relu"', "1"),
        ("id:20260101 id:lenet", "0"),
        ("nobody", ""),
    ],
)
def test_which_runs_are_left(text: str, left: str) -> None:
    assert Filter(text)(RUNS) == [RUNS[int(place)] for place in left]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("status:완료", "01"),
        ("status:finished", "01"),
        ("diagnosis:죽은", "1"),
        ('diagnosis:"죽은 relu"', "1"),
        ("diagnosis:dead_relu", "1"),
        ("status:훈련", "2"),
    ],
)
def test_the_words_of_the_list_are_found_in_its_language_too(text: str, left: str) -> None:
    use("ko")
    try:
        assert Filter(text)(RUNS) == [RUNS[int(place)] for place in left]
    finally:
        use("en")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("wide acuracy > 0.9", "column 6: acuracy is no figure of a run; did you mean 'accuracy'?"),
        ("accuracy >", "column 11: "),
        ("accuracy > 90%", "column 14: cannot be read: write one comparison"),
        ("((accuracy > 0.9", "column 12: cannot be read"),
        ("정확도 > 0.9", "column 5: cannot be read"),
        ("accuracy == 0.9", "column 13: another comparison is not possible"),
        ("train.epochs = 40", "column 16: another comparison is not possible"),
        ("wide 0.5 < accuracy < 0.9", "column 23: a second comparison"),
        ("grad_norm['dense_1'] > 1", "column 1: write the name of a figure alone"),
        ("train_loss.min > 1", "column 1: write the name of a figure alone"),
        ("1 < 2", "column 1: it names no figure"),
        ("preset:lenet5 colour:red", "column 15: there is no key colour:"),
        ('a "b', "column 3: a quotation mark is not closed"),
        ("a\x1b[2J", "column 1: "),
    ],
)
def test_a_filter_that_cannot_be_read_is_refused_with_its_column(text: str, says: str) -> None:
    with pytest.raises(UserError) as refused:
        Filter(text)
    assert str(refused.value).startswith(says)


@given(st.text(max_size=40) | st.text("accuracy<>=.()+-*/ 0123\"':_[]e", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = Filter(text)
    except UserError as error:
        assert str(error).startswith("column ")  # noqa: PT017 - some texts are refused, some read
    else:
        found(RUNS)


def test_a_run_has_its_figures_by_the_keys_of_json(home: Path) -> None:
    from tui_dl.runs.listing import listed

    run = finished_run(home)
    found = Entry(run, listed(run))
    assert Filter("test_accuracy >= 0.75 accuracy < 0.76 epochs > 2 seed < 1")([found]) == [found]
