"""Generated dates, as people write them in English, and as ISO 8601 does."""

from __future__ import annotations

from datetime import date

import numpy as np

from tui_dl.data.characters import encode
from tui_dl.data.dataset import Samples
from tui_dl.sources import Dates
from tui_dl.streams import stream

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WAYS = (  # the day before the month where both are numbers
    "{day} {month} {year}",
    "{month} {day}, {year}",
    "{nth} of {month} {year}",
    "{month} {nth}, {year}",
    "{weekday}, {day} {month} {year}",
    "{weekday}, {nth} of {month} {year}",
    "{weekday}, {month} {day}, {year}",
    "{day} {mon} {year}",
    "{mon} {day}, {year}",
    "{week}, {day} {mon} {year}",
    "{week} {mon} {nth} {year}",
    "{day:02}-{mon}-{year}",
    "{day:02}/{number:02}/{year}",
    "{day:02}/{number:02}/{short:02}",
    "{day}.{number}.{year}",
)
FIRST = date(1969, 1, 1)  # two digits of a year mean 1969 to 2068, as POSIX has it


def load(source: Dates, seed: int) -> Samples:
    """Different days, each written in one way, half of them in small letters; padded with spaces.

    What is wanted is the day in ISO 8601 and a symbol that says end.
    """
    random = stream(seed, "dates")
    days = random.permutation(source.DAYS)[: source.samples] + FIRST.toordinal()
    ways = random.integers(len(WAYS), size=len(days))
    small = random.integers(2, size=len(days))
    inputs, targets = [], []
    for ordinal, way, is_small in zip(days.tolist(), ways.tolist(), small.tolist(), strict=True):
        day = date.fromordinal(ordinal)
        text = written(day, WAYS[way])
        inputs.append(text.lower() if is_small else text)
        targets.append(day.isoformat())
    symbols, lengths = encode(inputs, source.reads, source.signal.shape[0])
    wanted, _ = encode(targets, source.writes, source.target.shape[0])
    return Samples(
        np.maximum(symbols, 0), np.where(wanted < 0, len(source.writes), wanted), lengths
    )


def written(day: date, way: str) -> str:
    """A day in one of the WAYS."""
    month, weekday = MONTHS[day.month - 1], DAYS[day.weekday()]
    return way.format(
        day=day.day,
        nth=f"{day.day}{ending(day.day)}",
        month=month,
        mon=month[:3],
        number=day.month,
        year=day.year,
        short=day.year % 100,
        weekday=weekday,
        week=weekday[:3],
    )


def ending(number: int) -> str:
    """What makes 1 the 1st."""
    if number in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
