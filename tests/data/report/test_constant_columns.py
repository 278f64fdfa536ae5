"""Columns with one value, or none, are named."""

import numpy as np

from tests.data.report.tables import found, number, table
from tui_dl.data.readers.table import ConstantColumn


def test_one_value_and_no_values() -> None:
    same = ConstantColumn("same", np.zeros(30, np.bool_))
    empty = ConstantColumn("empty", np.ones(30, np.bool_))
    findings = found("constant_columns", table(same, empty, number("y", range(30))))
    assert [it.columns for it in findings] == [("same",), ("empty",)]
    assert "has one value" in findings[0].says
    assert "has no values" in findings[1].says


def test_different_values_are_not_named() -> None:
    assert not found("constant_columns", table(number("a", range(30)), number("y", range(30))))
