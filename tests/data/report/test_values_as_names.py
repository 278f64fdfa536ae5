"""Numbers, dates and times of day that are read as names."""

import pytest

from tests.data.report.tables import category, found, number, table

NUMBERS = number("y", range(400))


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ([f"{it / 8}" if it % 9 else "error" for it in range(400)], "one that is none is 'error'"),
        ([f"{it % 24:02}:{it % 60:02}" for it in range(400)], "has times of day"),
        ([f"{1 + it % 12}:{it % 60:02} PM" for it in range(400)], "has times of day"),
        ([f"{120 + it % 50}/{60 + it % 41}" for it in range(400)], "such as '120/60'"),
        ([f"{it}-{it + 10}" for it in range(400)], "two numbers in a cell"),
        ([f"{4 + it // 12 % 3}' {it % 12}\"" for it in range(400)], "two numbers in a cell"),
        ([f"{it % 5}h {it % 60}m" for it in range(400)], "has times of day"),
        ([f"{it % 60}m {it % 59}s" for it in range(400)], "two numbers in a cell"),
        ([f"20{it % 90 + 10}-01-31" if it % 5 else "soon" for it in range(400)], "'soon'"),
    ],
)
def test_they_are_named(cells: list[str], says: str) -> None:
    (finding,) = found("values_as_names", table(category("x", cells), NUMBERS))
    assert says in finding.says


@pytest.mark.parametrize(
    "cells",
    [
        [f"{it:05}" for it in range(400)],
        ["1", "2", "3", "3+"] * 100,
        [f"street {it}" for it in range(400)],
    ],
)
def test_codes_and_names_are_not(cells: list[str]) -> None:
    assert not found("values_as_names", table(category("x", cells), NUMBERS))
