"""Numbers as people read them."""

from __future__ import annotations

from math import isfinite, log10

EPSILON = 1e-9


def duration(seconds: float) -> str:
    """0:07, 12:40, 3:05:00."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def count(number: float) -> str:
    """950, 61.7k, 1.2M, 3.4G."""
    if number < 1000:
        return f"{number:.0f}"
    power = min(int(log10(number) / 3 + 1e-5), 3)
    return f"{number / 1000**power:.1f}{' kMG'[power]}"


def short(number: float | None) -> str:
    """A loss: 4 significant digits, in at most 8 cells."""
    if number is None or not isfinite(number):
        return "not finite"
    return f"{number:.4f}" if 1e-3 <= abs(number) < 1e3 or number == 0 else f"{number:.2e}"


def percent(fraction: float | None) -> str:
    """98.5 %."""
    return "–" if fraction is None else f"{fraction * 100:.1f} %"
