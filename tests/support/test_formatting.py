"""Formatted numbers have a bounded width, however large they are."""

import pytest

from tui_dl.support.formatting import (
    age,
    count,
    counted,
    duration,
    metric_figure,
    short,
    step_time,
    written,
)


def test_numbers_are_short() -> None:
    assert [duration(s) for s in (7, 760, 11_105)] == ["0:07", "12:40", "3:05:05"]
    assert [count(n) for n in (950, 61_706, 1_200_000, 3.4e9)] == ["950", "61.7k", "1.2M", "3.4G"]
    assert [short(x) for x in (0, 0.01234, 3e-5, 12.3456, 512.481, 9.3e18, None)] == [
        "0.0000", "0.0123", "3.0e-05", "12.346", "512.48", "9.3e+18", "not finite",
    ]  # fmt: skip


@pytest.mark.parametrize("power", range(-38, 39))
def test_a_loss_of_any_size_fits_into_its_column(power: int) -> None:
    for digits in (1.0, 9.99999, -4.5678):
        text = short(digits * 10.0**power)
        assert len(text.removeprefix("-")) <= 7
        assert float(text) == pytest.approx(digits * 10.0**power, rel=0.05)


def test_a_short_step_is_told_in_microseconds() -> None:
    told = [step_time(ms) for ms in (0.0125, 0.0996, 0.213, 2, 47.11, 999.4, 2500)]
    assert told == ["12.5 µs", "99.6 µs", "0.213 ms", "2 ms", "47.1 ms", "999 ms", "2.5 s"]


@pytest.mark.parametrize(
    ("seconds", "says"),
    [(-5, "0 s"), (59.9, "59 s"), (60, "1 min"), (3_599, "59 min"), (7_200, "2 h"), (2e5, "2 d")],
)
def test_an_age_is_told_in_its_largest_unit(seconds: float, says: str) -> None:
    assert age(seconds) == says


def test_one_thing_has_no_plural() -> None:
    assert [counted(number, "epoch") for number in (0, 1, 2_000)] == [
        "0 epochs",
        "1 epoch",
        "2,000 epochs",
    ]


def test_the_metric_beside_the_loss_has_its_own_decimals() -> None:
    assert metric_figure("accuracy", 0.985) == "98.5 %"
    assert metric_figure("return", 195.24) == "195.2"
    assert metric_figure("r2", 0.98765) == "0.988"
    assert metric_figure("r2", None) == "–"


def test_numbers_of_the_users_data_have_all_digits_before_the_point() -> None:
    numbers = (2019, 95_822.0, 1_614_556_800.0, 2.0123e14, 11_024.42, 40_123_456.7, 1_234.56)
    assert [written(float(it)) for it in numbers] == [
        "2019", "95,822", "1,614,556,800", "201,230,000,000,000", "11,024", "40,123,457", "1235",
    ]  # fmt: skip
    assert [written(it) for it in (0.0, -0.012344, 12.3456, 0.5189, 1e15, 3.25e38)] == [
        "0", "-0.01234", "12.35", "0.5189", "1e+15", "3.25e+38",
    ]  # fmt: skip
    assert [written(it) for it in (float("nan"), float("inf"))] == ["nan", "inf"]
