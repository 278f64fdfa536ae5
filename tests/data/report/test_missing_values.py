"""Gaps are counted: in columns that are mostly empty, in others, in the target."""

import numpy as np

from tests.data.report.tables import category, draw, found, number, table


def test_gaps() -> None:
    values = draw().normal(size=100)
    some, most = values.copy(), values.copy()
    some[:7], most[:60] = np.nan, np.nan
    names = category("names", [None if it < 9 else "ab"[it % 2] for it in range(100)])
    y = values.copy()
    y[3] = np.nan
    findings = found(
        "missing_values",
        table(number("some", some), number("most", most), names, number("y", y)),
    )
    assert [it.evidence for it in findings] == [{"most": 60}, {"names": 9, "some": 7}, {"y": 1}]
    assert "2 columns, of 100 rows: 'names' (9), 'some' (7)" in findings[1].says


def test_whole_columns_are_not_named() -> None:
    values = draw().normal(size=100)
    assert not found("missing_values", table(number("a", values), number("y", values)))
