"""Axis ticks: round numbers and their labels."""

from __future__ import annotations

from math import ceil, floor, log10

EPSILON = 1e-9  # that rounding may be off
NEAR = 5e-9  # of a dot: what is so near to the next one is there
LEAST = 1e-8  # that an axis spans
LABEL = 5  # cells
DECIMALS = 9  # at most
DAY = 86_400
ROUND_TIMES = (
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800,
    3600, 7200, 10_800, 21_600, 43_200, DAY,
)  # fmt: skip


def ticks(low: float, high: float, most: int) -> list[float]:
    """At most about `most` multiples of 1, 2 or 5 times a power of ten, around `low` to `high`."""
    return _multiples(round_up(axis_length(low, high) / max(most - 1, 1)), low, high)


def round_up(value: float) -> float:
    """The next 1, 2 or 5 times a power of ten."""
    power = 10.0 ** floor(log10(value))
    return next(it * power for it in (1, 2, 5, 10) if it * power >= value * (1 - EPSILON))


def time_ticks(low: float, high: float, most: int) -> list[float]:
    """The same of seconds: multiples of what is round on a clock."""
    rough = axis_length(low, high) / max(most - 1, 1)
    if rough > DAY:
        return [day * DAY for day in ticks(low / DAY, high / DAY, most)]
    return _multiples(float(next(it for it in ROUND_TIMES if it >= rough)), low, high)


def _multiples(step: float, low: float, high: float) -> list[float]:
    """The multiples of `step` around `low` to `high`, two at least."""
    first, last = floor(low / step + EPSILON), ceil(high / step - EPSILON)
    return [index * step for index in range(first, max(last, first + 1) + 1)]


def axis_length(low: float, high: float) -> float:
    """The length of an axis from `low` to `high`, never 0."""
    return max(high - low, abs(high) * EPSILON, abs(low) * EPSILON, LEAST)


def decade_labels(powers: list[int]) -> list[str]:
    """0.01, 0.1, 1 where all of them are short, else 1e-6, 1e-3, 1e0."""
    plain = powers[0] >= -3 and powers[-1] <= 4
    return [f"{10.0**power:g}" if plain else f"1e{power}" for power in powers]


def tick_labels(values: list[float], percent: bool = False) -> list[str]:
    """`values` with as many decimals as their distance needs."""
    scale = 100 if percent else 1
    decimals = decimals_of((values[1] - values[0]) * scale)
    if max(map(abs, values)) >= 10_000 or decimals > 4:
        return [_exponential(value) if value else "0" for value in values]
    return [f"{value * scale:.{decimals}f}" + "%" * percent for value in values]


def decimals_of(step: float) -> int:
    """Decimals that tell numbers apart whose distance is `step`."""
    return min(max(0, -floor(log10(abs(step)) + EPSILON)), DECIMALS) if step else 0


def figure_label(value: float) -> str:
    """A round number: 0.05, 200, 5e-07; 5e104 where there are too many letters."""
    text = f"{value:g}"
    return text if len(text) <= LABEL else _exponential(value)


def _exponential(value: float) -> str:
    """5e+04; where that is too long 5e104, -5e4."""
    text = f"{value:.0e}"
    mantissa, _, exponent = text.partition("e")
    return text if len(text) <= LABEL else f"{mantissa}e{int(exponent)}"


def epoch_ticks(limit: float, most: int) -> list[float]:
    """Whole epochs from 0 to `limit`."""
    values = [value for value in ticks(0, limit, most) if value <= limit and value == int(value)]
    return values if len(values) > 1 else [0.0, float(floor(limit))]
