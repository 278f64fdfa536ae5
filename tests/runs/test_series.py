"""Curves of any length: reduced for any end, whatever comes after it, and no spike is lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_dl.runs import pyramid
from tui_dl.runs.moving_mean import LONGEST, MovingMean
from tui_dl.runs.pyramid import BASE, KEPT, Pyramid, Series
from tui_dl.runs.reduce import block_size, reduced

numbers = st.floats(-1e6, 1e6) | st.sampled_from([float("nan"), float("inf"), -float("inf")])


@given(st.lists(numbers, max_size=300), st.integers(0, 7))
def test_reducing_keeps_ends_and_extremes(values: list[float], power: int) -> None:
    y, size = np.array(values), 1 << power
    x, few = reduced(np.arange(len(y)), y, size)
    finite = np.isfinite(y)
    assert len(few) <= max(2 * -(-len(y) // size) + 2, size < 2 and len(y))
    np.testing.assert_array_equal(y[x], few)
    assert (np.diff(x) > 0).all()
    if finite.any():
        kept = y[finite]
        assert (few.min(), few.max()) == (kept.min(), kept.max())
        assert (few[0], few[-1]) == (kept[0], kept[-1])
    for first in range(0, len(y), size):
        block = y[first : first + size]
        if (block := block[np.isfinite(block)]).size:
            shown = few[(x >= first) & (x < first + size)]
            assert {block.min(), block.max()} <= set(shown)


def test_a_block_is_the_nearest_power_of_two() -> None:
    assert [block_size(it) for it in (0.01, 1, 1.4, 1.5, 2.8, 3, 100, 1e6)] == [
        1, 1, 1, 2, 2, 4, 128, 1 << 20,
    ]  # fmt: skip


def series(count: int) -> Series:
    """Noise, with values that are not finite and a few spikes."""
    random = np.random.default_rng(0)
    values = random.normal(size=count).astype(np.float32)
    values[random.integers(0, count, count // 50)] = np.nan
    values[count // 3 : count // 3 + 3 * BASE] = np.inf
    return values


def pyramid_of(values: Series, parts: int) -> Pyramid:
    made = Pyramid()
    for part in np.array_split(values, parts):
        made.extend(part)
    return made


@pytest.mark.parametrize("parts", [1, 7, 300])
def test_what_comes_later_changes_nothing(parts: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyramid, "KEPT", 500)
    values = series(20_000)
    whole = pyramid_of(values, parts)
    random = np.random.default_rng(1)
    ends = [1, 499, 500, 501, 64 * 128, 64 * 128 + 1, 19_999, 20_000]
    for end in [*ends, *random.integers(1, 20_000, 40).tolist()]:
        for size in (1, 64, 256, 4096, 1 << 20):
            x, y = whole.line(end, size, lambda first, end: values[first:end])
            alone = pyramid_of(values[:end], 3)
            np.testing.assert_array_equal(
                (x, y), alone.line(end, size, lambda first, end: values[first:end])
            )
            expected = reduced(np.arange(end), values[:end], size if end <= 500 else max(size, 64))
            np.testing.assert_array_equal(values[x], y)
            assert (np.diff(x) > 0).all()
            lost = set(expected[1].tolist()) - set(y.tolist())
            assert lost <= set(expected[1][:1].tolist() + expected[1][-1:].tolist())
            assert len(x) <= len(expected[0]) + 2


def test_a_long_series_is_kept_small_and_loses_no_spike() -> None:
    steps = 5 * KEPT + 12_345
    values = np.random.default_rng(0).normal(size=steps).astype(np.float32)
    spikes = [0, 777, steps // 2, steps - 1]
    values[spikes] = 50, -40, np.nan, 60
    made = pyramid_of(values, 7)
    kept = sum(len(level.values) for level in made._levels)
    assert kept <= 4 * steps / BASE
    x, y = made.line(steps, block_size(steps / 200), lambda first, end: values[first:end])
    assert len(x) <= 2 * 400 + 4
    assert x[np.abs(y) > 30].tolist() == [0, 777, steps - 1]


@pytest.mark.parametrize("window", [1, 2, 7, 300, LONGEST, 2**53])
@pytest.mark.parametrize("cuts", [[], [1], [6, 7, 8], [299, 300, 301], [500]])
def test_the_smoothed_curve_is_the_mean_over_a_window(window: int, cuts: list[int]) -> None:
    random = np.random.default_rng(0)
    values, weights = random.normal(size=1000), random.integers(1, 99, 1000).astype(float)
    expected = [
        np.average(values[first : end + 1], weights=weights[first : end + 1])
        for end in range(1000)
        for first in [max(0, end + 1 - window)]
    ]
    mean = MovingMean(window)
    parts = zip(np.split(values, cuts), np.split(weights, cuts), strict=True)
    found = np.concatenate([mean.extend(*part) for part in parts])
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


def test_a_value_that_is_not_finite_or_huge_leaves_no_trace_in_later_means() -> None:
    values = np.ones(40)
    values[[3, 4, 17]] = np.nan, -np.inf, 3e38
    means = MovingMean(4).extend(values, np.ones(40))
    wild = [17, 18, 19, 20]
    np.testing.assert_array_equal(np.delete(means, wild), 1.0)
    np.testing.assert_allclose(means[wild], 3e38 / 4)
    assert np.isnan(MovingMean(2).extend(np.array([np.nan]), np.ones(1))).all()


def test_a_mean_is_the_same_bits_wherever_reading_began() -> None:
    random = np.random.default_rng(0)
    values, weights = random.normal(size=1000) * 1e3, random.integers(1, 9, 1000).astype(float)
    means = MovingMean(30).extend(values, weights)
    for first in (31, 59, 60, 61, 500, 999):
        begin = max(first // 30 - 1, 0) * 30
        again = MovingMean(30).extend(values[begin:], weights[begin:])
        np.testing.assert_array_equal(again[first - begin :], means[first:])


def test_the_past_of_a_curve_stands_still_and_no_spike_is_lost() -> None:
    values = np.random.default_rng(0).normal(size=1000)
    values[123] = 50.0
    before, y = reduced(np.arange(900), values[:900], 32)
    after, _ = reduced(np.arange(1000), values, 32)
    assert len(after) <= 2 * 32 + 4
    assert 50.0 in y
    past = [x for x in before.tolist() if x < 864]
    assert past == after.tolist()[: len(past)]
