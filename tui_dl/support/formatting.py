"""Formatting of numbers for people, the same in the dashboard and on the command line.

Each function accepts any number, also NaN, infinity and integers of any length, and returns a few
characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import floor, inf, isfinite, log10

from tui_dl.support.translations import tr

NOTHING = "–"
DIGITS = 5  # significant digits of a loss
CELLS = 8  # the most that a figure takes
EXACT = 1e15  # below it a double holds every whole number
DECIMALS = {"return": 1, "r2": 3, "loss": 3}
DAY = 86_400  # seconds
NAMED = 3  # of several names


def pointed(text: str) -> str | None:
    """A number with a decimal comma, written with a point: 0,1 is 0.1; None for other text."""
    return text.replace(",", ".") if re.fullmatch(r"\s*[-+]?\d+,\d+(e[-+]?\d+)?\s*", text) else None


def duration(seconds: float) -> str:
    """A duration in hours, minutes and seconds, from 100 hours in days: 0:07, 3:05:00, 11.6 d."""
    seconds = _float(seconds)
    if not seconds < 360_000:
        return tr("{count} d", count=fixed(seconds / DAY, 1))
    minutes, rest = divmod(int(max(seconds, 0)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def count(number: float) -> str:
    """A count with a unit prefix: 950, 61.7k, 1.2M, 3.4G."""
    if not abs(number) < 1e12:
        return short(number)
    if abs(number) < 1000:
        return f"{number:.0f}"
    power = min(int(log10(abs(number)) / 3 + 1e-5), 3)
    return f"{number / 1000**power:.1f}{' kMG'[power]}"


def whole(number: float) -> str:
    """A count with all digits up to ten million, then with a prefix: 950, 61,706; 12.3M."""
    return f"{number:,.0f}" if abs(number) < 1e7 else count(number)


def short(number: float | None) -> str:
    """A figure such as a loss in at most 8 cells: 0.0123, 512.48, 9.3e+18, nan, inf.

    None stands for a number that is not finite, as in the file of events.
    """
    if number is None:
        return tr("not finite")
    number = _float(number)
    if not isfinite(number):
        return f"{number}"
    if number and not 1e-3 <= abs(number) < 10 ** (DIGITS - 1):
        text = f"{number:.1e}"
        return text if len(text) <= CELLS else f"{number:.0e}"
    digits = max(floor(log10(abs(number))) + 1, 1) if number else 1
    return f"{number or 0.0:.{DIGITS - digits}f}"  # no zero has a sign


def written(number: float) -> str:
    """A number of the user's data, or one in its units, such as an error: 1987, 27,331, 0.01234.

    It has four digits, or all that are before the point as long as these are exact.
    """
    if 1_000 <= abs(number) < 9_999.5:
        return f"{number:.0f}"  # it may be a year
    if abs(number) < EXACT and (number.is_integer() or abs(number) >= 1_000):
        return f"{round(number):,}"
    return f"{number:,.4g}"


def fixed(number: float, decimals: int) -> str:
    """A number with `decimals` decimals, from 10,000 on as `short`."""
    return f"{number:.{decimals}f}" if abs(number) < 10_000 else short(number)


def rate(learning_rate: float) -> str:
    """A learning rate with three digits: 0.002, 0.000999, 1e-05."""
    text = f"{_float(learning_rate):.3g}"
    return text if len(text) <= CELLS else short(learning_rate)


def percent(fraction: float | None) -> str:
    """A fraction, such as accuracy, in percent: 98.5 %."""
    return NOTHING if fraction is None else f"{fixed(fraction * 100, 1)} %"


def metric_figure(name: str, value: float | None) -> str:
    """A metric, or the loss: accuracy in percent; return, r2 and loss with their decimals."""
    if value is None or name not in DECIMALS:
        return percent(value)
    return fixed(value, DECIMALS[name])


def counted(number: int, thing: str) -> str:
    """A number of things: 1 epoch, 2 epochs."""
    return f"{whole(number)} {thing}{'s' * (number != 1)}"


def first_few(names: Sequence[str]) -> str:
    """The first of some names, and how many more there are: a, b, c and 2 more."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def age(seconds: float) -> str:
    """How long ago, in the largest unit that fits: 12 s, 5 min, 3 h, 40 d."""
    if seconds >= DAY:
        return tr("{count} d", count=fixed(seconds // DAY, 0))
    if seconds >= 3_600:
        return tr("{count} h", count=int(seconds // 3_600))
    if seconds >= 60:
        return tr("{count} min", count=int(seconds // 60))
    return in_seconds(f"{max(0, int(seconds))}")


def in_seconds(figure: str) -> str:
    """A figure with its unit, that of seconds: 0.3 s."""
    return tr("{count} s", count=figure)


def step_time(milliseconds: float) -> str:
    """The duration of a step: 12.5 µs, 0.213 ms, 47 ms, 2.5 s."""
    milliseconds = _float(milliseconds)
    if milliseconds < 0.1:
        return f"{rate(milliseconds * 1000)} µs"
    if milliseconds < 999.5:
        return f"{rate(milliseconds)} ms"
    return in_seconds(fixed(milliseconds / 1000, 1))


def quoted(text: str, most: int = 60) -> str:
    """A text in quotation marks with escapes for controls; of a long one the beginning."""
    return repr(text) if len(text) <= most else f"{text[:most]!r}..."


def gigabytes(size: float) -> str:
    """A number of bytes in gigabytes: 0.28 GB, 22.1 GB, 1,374 GB."""
    amount = size / 1e9
    return f"{amount:,.{2 if amount < 9.995 else 1 if amount < 99.95 else 0}f} GB"


def _float(number: float) -> float:
    """`number` as a float; infinity for an integer too large for one."""
    try:
        return float(number)
    except OverflowError:
        return inf if number > 0 else -inf
