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
    assert findings[2].remedy.endswith("fill in the target where it is known")


def test_a_target_that_most_rows_lack_may_be_the_wrong_one() -> None:
    values = draw().normal(size=100)
    y = values.copy()
    y[:60] = np.nan
    (finding,) = found("missing_values", table(number("a", values), number("y", y)))
    assert finding.remedy.endswith(", or predict another column: data.target")


def test_mostly_empty_columns_are_one_finding() -> None:
    values = draw().normal(size=100)
    columns = [
        number(f"c{it}", np.where(np.arange(100) < 60 + it, np.nan, values)) for it in range(9)
    ]
    (finding,) = found("missing_values", table(*columns, number("y", values)))
    assert finding.columns == tuple(f"c{it}" for it in range(8, -1, -1))
    assert "in 9 columns, of 100 rows: 'c8' (68), 'c7' (67), 'c6' (66) and 6 more" in finding.says


def test_whole_columns_are_not_named() -> None:
    values = draw().normal(size=100)
    assert not found("missing_values", table(number("a", values), number("y", values)))
