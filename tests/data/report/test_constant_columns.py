"""Columns with one value, or none, are named."""

import numpy as np

from tests.data.report.tables import found, number, table
from tui_dl.data.readers.table import ConstantColumn


def test_one_value_and_no_values() -> None:
    same = ConstantColumn("same", np.zeros(30, np.bool_))
    empty = ConstantColumn("empty", np.ones(30, np.bool_))
    findings = found("constant_columns", table(same, empty, number("y", range(30))))
    assert [it.columns for it in findings] == [("same",), ("empty",)]
    assert "one value in 1 column" in findings[0].says
    assert "no values in 1 column" in findings[1].says


def test_columns_that_are_alike_are_one_finding() -> None:
    same = [ConstantColumn(f"c{it}", np.zeros(30, np.bool_)) for it in range(5)]
    (finding,) = found("constant_columns", table(*same, number("y", range(30))))
    assert finding.columns == ("c0", "c1", "c2", "c3", "c4")
    assert finding.says == "one value in 5 columns, of 30 rows: 'c0', 'c1', 'c2' and 2 more"


def test_different_values_are_not_named() -> None:
    assert not found("constant_columns", table(number("a", range(30)), number("y", range(30))))
