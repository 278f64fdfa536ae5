"""Rows that are trained on and tested with are counted."""

from tests.data.report.tables import category, draw, found, number, table
from tests.data.report.test_duplicate_rows import repeating


def test_rows_in_both_parts() -> None:
    (finding,) = found("split_overlap", repeating(400, 200))
    assert finding.evidence["test_rows"] == 60
    assert 30 < finding.evidence["shared"] <= 60


def test_different_rows_are_not_counted() -> None:
    assert not found("split_overlap", repeating(400, 0))


def test_inputs_that_meet_other_answers_are_not_counted() -> None:
    values = draw().normal(size=200)
    same = number("a", [*values, *values])
    assert not found("split_overlap", table(same, category("kind", ["a"] * 200 + ["b"] * 200)))
