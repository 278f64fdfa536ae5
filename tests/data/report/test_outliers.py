"""Numbers far from all others are named; long tails are not."""

import numpy as np
import pytest

from tests.data.report.tables import Doubles, draw, found, number, table
from tui_dl.data.readers.table import DateColumn

HEIGHTS = draw().normal(170, 10, 500)
Y = number("y", draw(1).normal(size=500))


def with_some(values: Doubles, *odd: float) -> Doubles:
    return np.concatenate([odd, values[len(odd) :]])


@pytest.mark.parametrize(
    "odd", [(1700.0,), (-999.0,), (9999.0, 9999.0, 9999.0), (1.70,), (17_000.0, 1700.0)]
)
def test_errors_and_numbers_that_stand_for_nothing(odd: tuple[float, ...]) -> None:
    (finding,) = found("outliers", table(number("height", with_some(HEIGHTS, *odd)), Y))
    assert finding.columns == ("height",)
    assert finding.evidence["outliers"] == len(odd)
    assert 100 < finding.evidence["least"] < finding.evidence["most"] < 250


def test_numbers_are_said_with_their_digits() -> None:
    zips = with_some(np.arange(95_822.0, 95_322.0, -1), 9_999_999_999.0)
    (finding,) = found("outliers", table(number("zip", zips), Y))
    assert "such as 9,999,999,999: those are from 95,323 to 95,821" in finding.says


@pytest.mark.parametrize("odd", [(-999.0,), (-999.0, 9999.0)])
def test_many_that_stand_for_nothing(odd: tuple[float, ...]) -> None:
    values = HEIGHTS.copy()
    values[:: 500 // 75] = np.resize(odd, len(values[:: 500 // 75]))
    (finding,) = found("outliers", table(number("height", values), Y))
    assert finding.evidence["outliers"] == len(values[:: 500 // 75])


def test_the_target_counts_too() -> None:
    it = table(number("a", HEIGHTS), number("y", with_some(Y.values, 1e6)))
    assert [finding.columns for finding in found("outliers", it)] == [("y",)]


@pytest.mark.parametrize("seed", range(10))
def test_long_tails_are_not_named(seed: int) -> None:
    random = draw(seed)
    drawn = {
        "normal": random.normal(size=500),
        "uniform": random.uniform(size=500),
        "lognormal": random.lognormal(8, 2, 500),
        "exponential": random.exponential(size=500),
        "counts": random.poisson(1.5, 500),
        "mostly zero": random.binomial(1, 0.02, 500) * 100.0,
        "two heaps": np.concatenate([random.normal(0, 1, 250), random.normal(50, 1, 250)]),
    }
    columns = [number(name, values) for name, values in drawn.items()]
    assert not found("outliers", table(*columns, Y))


@pytest.mark.parametrize("odd", ["9999-12-31", "1900-01-01", "2124-03-01"])
def test_dates_that_stand_for_nothing(odd: str) -> None:
    days = np.datetime64("2020-01-01") + draw().integers(0, 1500, 500)
    days[:3] = np.datetime64(odd)
    values = days.astype("datetime64[s]")
    (finding,) = found("outliers", table(DateColumn("left", np.isnat(values), values), Y))
    assert (
        f"3 of 500 dates far from the others, such as {odd}: those are from 2020-01" in finding.says
    )


def test_dates_without_such_are_not_named() -> None:
    values = np.array(["2020-01-01", "2024-05-06"] * 250, "datetime64[s]")
    values[:400] = np.datetime64("NaT")
    assert not found("outliers", table(DateColumn("left", np.isnat(values), values), Y))
    values[:] = np.datetime64("NaT")
    assert not found("outliers", table(DateColumn("left", np.isnat(values), values), Y))
