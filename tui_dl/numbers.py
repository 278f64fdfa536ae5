"""Numbers as people read them, the same in the dashboard and on the shell."""

from __future__ import annotations

import re
from math import floor, isfinite, log10

NOTHING = "–"
DIGITS = 5  # of a loss, those in front of the point included


def pointed(text: str) -> str | None:
    """A number written with a decimal comma as we write it: 0,1 is 0.1; None for anything else."""
    return text.replace(",", ".") if re.fullmatch(r"\s*[-+]?\d+,\d+(e[-+]?\d+)?\s*", text) else None


def duration(seconds: float) -> str:
    """A span of time as a clock shows it: 0:07, 12:40, 3:05:00."""
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
    """A loss, in at most 7 cells: 0.0123, 512.48, 9.3e+18; None is what is not finite."""
    if number is None or not isfinite(number):
        return "not finite"
    if number and not 1e-3 <= abs(number) < 10 ** (DIGITS - 1):
        return f"{number:.1e}"
    whole = max(floor(log10(abs(number))) + 1, 1) if number else 1
    return f"{number:.{DIGITS - whole}f}"


def rate(learning_rate: float) -> str:
    """A learning rate, to three digits: 0.002, 0.000999, 1e-05."""
    return f"{learning_rate:.3g}"


def percent(fraction: float | None) -> str:
    """A share of one, such as accuracy: 98.5 %."""
    return NOTHING if fraction is None else f"{fraction * 100:.1f} %"


def step_time(milliseconds: float) -> str:
    """12.5 µs, 0.213 ms, 47 ms, 2.5 s."""
    if milliseconds < 0.1:
        return f"{milliseconds * 1000:.3g} µs"
    if milliseconds < 999.5:
        return f"{milliseconds:.3g} ms"
    return f"{milliseconds / 1000:.1f} s"


def gigabytes(size: float) -> str:
    """So many bytes: 0.28 GB, 22.1 GB, 1,374 GB."""
    amount = size / 1e9
    return f"{amount:,.{2 if amount < 9.995 else 1 if amount < 99.95 else 0}f} GB"
