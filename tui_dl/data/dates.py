"""Generated dates: written in English or other languages as inputs, in ISO 8601 as targets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from string import Formatter
from typing import Any

import numpy as np
from msgspec.structs import replace

from tui_dl.data import characters, dates_in_languages, typed
from tui_dl.data.dataset import Samples
from tui_dl.data.readers.plain_text import one_line
from tui_dl.spec.data.dates import Dates
from tui_dl.spec.data_spec import DataSpec
from tui_dl.support.rng import stream

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
KINDS = {
    "day": "day", "nth": "day", "month": "month", "mon": "month", "number": "month",
    "year": "year", "short": "year",
}  # fmt: skip
FIRST = date(1969, 1, 1)  # two digits of a year mean 1969 to 2068, as POSIX has it


def load(source: Dates, seed: int) -> Samples:
    """Different days, each written in one way, about half of them in lower case.

    The ways are the WAYS, or those of the source's languages. The targets are the day in ISO 8601
    and a token for the end, or a BIO tag for each character.
    """
    random = stream(seed, "dates")
    chosen = random.permutation(source.DAYS)[: source.samples] + FIRST.toordinal()
    days = [date.fromordinal(day) for day in chosen.tolist()]
    if source.languages:
        input = dates_in_languages.texts(days, source.languages, random)
        drawn = []
    else:
        ways = random.integers(len(WAYS), size=len(days)).tolist()
        small = random.integers(2, size=len(days)).tolist()
        drawn = [(day, WAYS[way]) for day, way in zip(days, ways, strict=True)]
        plain = [written(*it) for it in drawn]
        input = [it.lower() if is_small else it for it, is_small in zip(plain, small, strict=True)]
    tokens, lengths = characters.encode(input, source.reads, source.input.shape[0])
    if source.task == "tag":
        targets = np.full(tokens.shape, -1, np.int32)
        for row, it in zip(targets, drawn, strict=True):
            tags = [source.TAGS.index(tag) for tag in tagged(*it)]
            row[: len(tags)] = tags
    else:
        iso = [day.isoformat() for day in days]
        written_out, _ = characters.encode(iso, source.writes, source.target.shape[0])
        targets = np.where(written_out < 0, len(source.writes), written_out)
    return Samples(np.maximum(tokens, 0), targets, lengths)


def inspect(source: Dates, seed: int) -> tuple[DataSpec, Dates]:
    """The description of dates in languages, and the source with their characters and length.

    Raises:
        UserError: Babel is not installed, or does not know a language.
    """
    source.require_extra()
    reads, length = dates_in_languages.extent(source.languages)
    found = replace(source, characters=reads, length=length)
    return found.inspect(), found


def wanted(source: Dates, spec: DataSpec) -> str:
    """What a line has to be, in words."""
    return typed.wanted(source, spec)


def pieces_of(text: str) -> list[str]:
    """The characters of a typed date, as `encode` reads them."""
    return list(one_line(text))


def encode(source: Dates, spec: DataSpec, seed: int, texts: Sequence[str]) -> Samples:
    """Typed dates as samples without targets; raises ValueError as `characters.encode` does."""
    return typed.of_characters(source, spec, [one_line(it) for it in texts])


def written(day: date, way: str) -> str:
    """The day, written in one of the WAYS."""
    return way.format(**words(day))


def tagged(day: date, way: str) -> list[str]:
    """A BIO tag for every character of `written`."""
    tags: list[str] = []
    for between, name, form, _ in Formatter().parse(way):
        tags += ["O"] * len(between)
        if name:
            length, kind = len(format(words(day)[name], form or "")), KINDS.get(name)
            tags += [f"B-{kind}", *[f"I-{kind}"] * (length - 1)] if kind else ["O"] * length
    return tags


def words(day: date) -> dict[str, Any]:
    """Values of the fields in the WAYS for a day."""
    month, weekday = MONTHS[day.month - 1], DAYS[day.weekday()]
    return {
        "day": day.day,
        "nth": f"{day.day}{ending(day.day)}",
        "month": month,
        "mon": month[:3],
        "number": day.month,
        "year": day.year,
        "short": day.year % 100,
        "weekday": weekday,
        "week": weekday[:3],
    }


def ending(number: int) -> str:
    """The ending of an ordinal number: st for 1."""
    if number in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
