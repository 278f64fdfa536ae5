"""Numbers far from all others are named; long tails are not."""

import numpy as np
import pytest

from tests.data.report.tables import Doubles, draw, found, number, table

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
