"""A column that gives the answer away is named; one that merely predicts well is not."""

import numpy as np
import pytest

from tests.data.report.tables import category, draw, found, number, table
from tui_dl.data.readers.table import Column
from tui_dl.data.report import one_column
from tui_dl.data.report.checks.answer_in_column import skills

ROWS = 400
VALUES = draw().normal(size=ROWS)
CLASSES = ["abc"[it] for it in np.digitize(VALUES, [-0.4, 0.4])]
NOISE = number("noise", draw(1).normal(size=ROWS))


@pytest.mark.parametrize(
    "leak",
    [
        number("leak", VALUES),
        number("leak", np.digitize(VALUES, [-0.4, 0.4])),
        category("leak", [it.upper() for it in CLASSES]),
        category("leak", [f"{it}{row % 3}" for row, it in enumerate(CLASSES)]),
    ],
)
def test_a_class_in_another_form(leak: Column) -> None:
    (finding,) = found("answer_in_column", table(NOISE, leak, category("kind", CLASSES)))
    assert finding.columns == ("leak",)
    assert finding.evidence["skill"] >= 0.98
    assert "'leak'" in finding.says


@pytest.mark.parametrize("rows", [100, 103, ROWS])
def test_a_gap_that_stands_for_a_class(rows: int) -> None:
    gaps = np.where(VALUES > 0, np.nan, NOISE.values)[:rows]
    kind = category("kind", ["yes" if it > 0 else "no" for it in VALUES[:rows]])
    noise = number("noise", NOISE.values[:rows])
    (finding,) = found("answer_in_column", table(noise, number("ended", gaps), kind))
    assert finding.columns == ("ended",)


@pytest.mark.parametrize("made", [2 * VALUES + 1, -np.exp(VALUES), np.round(VALUES, 1)])
def test_a_number_in_another_form(made: np.ndarray) -> None:
    (finding,) = found("answer_in_column", table(NOISE, number("leak", made), number("y", VALUES)))
    assert finding.columns == ("leak",)


def test_strong_and_honest_columns_are_not_named() -> None:
    near = number("near", VALUES + 0.25 * NOISE.values)  # explains 94 % of the variance
    answers = number("y", VALUES)
    assert 0.9 < skills(table(near, answers))["near"] < 0.98
    assert not found("answer_in_column", table(near, answers))
    assert not found("answer_in_column", table(near, category("kind", CLASSES)))


def test_noise_has_no_skill_in_rows_not_seen_before() -> None:
    names = category("name", [f"n{it}" for it in draw(2).integers(0, 300, ROWS)])
    measured = skills(table(NOISE, names, category("kind", CLASSES)))
    assert max(measured.values()) < 0.1


def test_a_few_rows_are_no_proof() -> None:
    few = number("few", [*range(9), *range(100, 140)])
    kind = category("kind", ["a"] * 9 + ["b"] * 40)
    assert not found("answer_in_column", table(few, kind))


def test_classes_of_bins_are_the_same_counted_and_sorted(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(0)
    for _ in range(50):
        values, labels = draw.integers(0, 30, 200).astype(float), draw.integers(0, 7, 200)
        folds = np.arange(200) % one_column.FOLDS
        counted = one_column.class_skill(values, labels, folds)
        with monkeypatch.context() as patch:
            patch.setattr(one_column, "COUNTED", 0)
            assert one_column.class_skill(values, labels, folds) == counted
