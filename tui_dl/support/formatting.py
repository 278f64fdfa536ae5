"""Numbers as people read them, the same in the dashboard and on the shell.

Each function takes any number, also what is not finite and integers of any length, and returns a
few cells.
"""

from __future__ import annotations

import re
from math import floor, inf, isfinite, log10

NOTHING = "–"
DIGITS = 5  # of a loss, those in front of the point included
CELLS = 8  # that any figure takes, at most


def pointed(text: str) -> str | None:
    """A number written with a decimal comma as we write it: 0,1 is 0.1; None for anything else."""
    return text.replace(",", ".") if re.fullmatch(r"\s*[-+]?\d+,\d+(e[-+]?\d+)?\s*", text) else None


def duration(seconds: float) -> str:
    """A span of time as a clock shows it, from 100 hours on in days: 0:07, 3:05:00, 11.6 d."""
    seconds = _float(seconds)
    if not seconds < 360_000:
        return f"{fixed(seconds / 86_400, 1)} d"
    minutes, rest = divmod(int(max(seconds, 0)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def count(number: float) -> str:
    """950, 61.7k, 1.2M, 3.4G."""
    if not abs(number) < 1e12:
        return short(number)
    if abs(number) < 1000:
        return f"{number:.0f}"
    power = min(int(log10(abs(number)) / 3 + 1e-5), 3)
    return f"{number / 1000**power:.1f}{' kMG'[power]}"


def whole(number: float) -> str:
    """A count to the last digit where it is legible: 950, 61,706; 12.3M."""
    return f"{number:,.0f}" if abs(number) < 1e7 else count(number)


def short(number: float | None) -> str:
    """Any figure, a loss say, in at most 8 cells: 0.0123, 512.48, 9.3e+18, nan, inf.

    None is what is not finite, as in a file of events.
    """
    if number is None:
        return "not finite"
    number = _float(number)
    if not isfinite(number):
        return f"{number}"
    if number and not 1e-3 <= abs(number) < 10 ** (DIGITS - 1):
        text = f"{number:.1e}"
        return text if len(text) <= CELLS else f"{number:.0e}"
    digits = max(floor(log10(abs(number))) + 1, 1) if number else 1
    return f"{number or 0.0:.{DIGITS - digits}f}"  # no zero has a sign


def fixed(number: float, decimals: int) -> str:
    """With so many decimals where that is short, else as `short` has it."""
    return f"{number:.{decimals}f}" if abs(number) < 10_000 else short(number)


def rate(learning_rate: float) -> str:
    """A learning rate, to three digits: 0.002, 0.000999, 1e-05."""
    text = f"{_float(learning_rate):.3g}"
    return text if len(text) <= CELLS else short(learning_rate)


def percent(fraction: float | None) -> str:
    """A share of one, such as accuracy: 98.5 %."""
    return NOTHING if fraction is None else f"{fixed(fraction * 100, 1)} %"


def step_time(milliseconds: float) -> str:
    """12.5 µs, 0.213 ms, 47 ms, 2.5 s."""
    milliseconds = _float(milliseconds)
    if milliseconds < 0.1:
        return f"{rate(milliseconds * 1000)} µs"
    if milliseconds < 999.5:
        return f"{rate(milliseconds)} ms"
    return f"{fixed(milliseconds / 1000, 1)} s"


def gigabytes(size: float) -> str:
    """So many bytes: 0.28 GB, 22.1 GB, 1,374 GB."""
    amount = size / 1e9
    return f"{amount:,.{2 if amount < 9.995 else 1 if amount < 99.95 else 0}f} GB"


def _float(number: float) -> float:
    """`number`; an integer of hundreds of digits is infinite."""
    try:
        return float(number)
    except OverflowError:
        return inf if number > 0 else -inf
