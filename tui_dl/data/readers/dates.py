"""Dates in columns of text: ISO 8601 first, then days and months in either order, then names."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tui_dl.data.readers.month_names import LETTERS, months_of
from tui_dl.data.readers.month_names import NAME as MONTH_NAME
from tui_dl.data.readers.month_names import START as MONTH_START

TIME = (
    r"(?:(?:T| |, )(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r" ?(?P<half>[AaPp][Mm])?(?P<zone> ?Z| ?UTC| ?[-+]\d{2}:?\d{2})?)?$"
)
YEAR = r"(?P<year>\d{4})"
SHORT = r"(?P<year>\d{4}|\d{2})"
NAME = r"(?:[A-Za-z]{2,10}\.?,? )?"  # of a day of the week, before the name of a month
WEEKDAY = r"(?:[MTWFS][a-z]{2,8},? )?"  # before numbers
MONTH = rf"(?P<month>{MONTH_NAME})"
DAY = r"(?P<day>\d{1,2})"
NTH = DAY + "(?:st|nd|rd|th|er)?"
NUMBERS = r"(?P<first>\d{1,2})"
_DAYS = (  # of Python and of RE2, which pyarrow uses
    rf"{YEAR}-(?P<month>\d{{1,2}})-{DAY}",
    rf"{YEAR}(?:/|\. ?)(?P<month>\d{{1,2}})(?:/|\. ?){DAY}\.?",
    rf"{YEAR}[년年] ?(?P<month>\d{{1,2}})[월月] ?{DAY}[일日]",
    rf"{YEAR}[년年] ?(?P<month>\d{{1,2}})[월月]",  # the first day of the month
    rf"{NUMBERS}/(?P<second_number>\d{{1,2}})/{SHORT}",
    rf"{NUMBERS}-(?P<second_number>\d{{1,2}})-{SHORT}",
    rf"{NUMBERS}\.(?P<second_number>\d{{1,2}})\.{YEAR}",
    r"(?P<first>\d{2})\.(?P<second_number>\d{2})\.(?P<year>\d{2})",
    rf"{YEAR}-(?P<month>0[1-9]|1[0-2])",  # likewise
    rf"(?P<month>{MONTH_START}[{LETTERS}]{{0,7}})(?:\.? |-){YEAR}",  # likewise
    rf"{YEAR}[- ]?Q(?P<quarter>[1-4])",  # likewise
    rf"Q(?P<quarter>[1-4])[- ]{YEAR}",
    rf"{YEAR}-?W(?P<week>[0-4]\d|5[0-3])(?:-?(?P<weekday>[1-7]))?",  # its Monday
    r"(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)",
    rf"{NAME}{NTH}(?:-| |\. )(?:of )?{MONTH}(?:-|\.?,? ){SHORT}",
    rf"{NAME}{MONTH}(?:\.? |-){NTH}(?:,? |-){YEAR}",
)
FORMATS = tuple(f"^{WEEKDAY}{it}{TIME}" for it in _DAYS)
_DATE = re.sub(
    r"\?P<\w+>", "?:", f"^{WEEKDAY}(?:{'|'.join(_DAYS)}){TIME}"
)  # compiled if it is needed
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(?!\d{8}$)[+-]?\d+(?:[.,]\d*)?")  # those of eight digits may be days
CENTURY_STARTS = 69  # two digits of a year mean 1969 to 2068, as POSIX has it

LOOKED_AT = 1000  # cells by which the format is found
LONGEST = 100  # characters of a date with its time
FEW = 10  # numbers of eight digits may look like days by chance

Numbers = npt.NDArray[np.int64]


class Dates(NamedTuple):
    """Moments that were read from text, and how.

    Attributes:
        values: seconds since 1970 without a time zone; NaT where the text is no date.
        order: `"day"` or `"month"`, whichever comes first; `"clear"` where the format says it.
        is_guess: whether no date shows which of day and month comes first.
        has_zones: whether there are offsets from UTC, by which moments are moved to UTC.
        has_short_years: whether years have two digits.
        samples: the first cell of each format, by index.
    """

    values: npt.NDArray[np.datetime64]
    order: str
    is_guess: bool
    has_zones: bool
    has_short_years: bool
    samples: tuple[int, ...] = ()


def looks_like_date(cell: str) -> bool:
    """Whether a cell has one of the formats."""
    if len(cell) > LONGEST or not _DIGIT.search(cell):
        return False
    cell = cell.strip()
    return not _NUMBER.fullmatch(cell) and re.match(_DATE, cell) is not None


def plain_dates(cells: pa.ChunkedArray) -> npt.NDArray[np.datetime64] | None:
    """Moments of a column in which every cell is in ISO 8601 or null; None for other columns.

    This is the fast way for most columns of dates. A column with one moment is None too.
    """
    start = cells.slice(0, LOOKED_AT).drop_null()
    if not len(start) or not looks_like_date(start[0].as_py()):
        return None
    try:
        moments: npt.NDArray[np.datetime64] = pc.cast(cells, pa.timestamp("s")).to_numpy()
    except pa.ArrowInvalid:
        return None
    return moments if (moments != moments[0]).any() else None


def are_compact_dates(numbers: npt.NDArray[np.float64]) -> bool:
    """Whether numbers are all days such as 20240131, from 1900 to 2100, and not few."""
    for part in (numbers[:LOOKED_AT], numbers):  # most columns are ruled out by the first
        values = part[~np.isnan(part)]
        if not len(values):
            continue
        if values.min() < 19_000_101 or values.max() > 21_001_231:
            return False
        month, day = values // 100 % 100, values % 100
        if (values % 1 != 0).any() or (month < 1).any() or (month > 12).any():
            return False
        if (day < 1).any() or (day > 31).any():
            return False
    return len(values) >= FEW


def read_dates(cells: pa.StringArray, order: str | None = None) -> Dates | None:
    """Read text in the format that most of the first cells have; None where they have none.

    What is left is read in the format that most of it has, and so on. Formats in which another one
    of day and month comes first are left out, since nothing would show which was meant.

    Args:
        cells: text, without nulls.
        order: `"day"` or `"month"` where the user says which comes first; by default day and month
            are told apart by numbers over 12 in any cell, and where there is none the day comes
            first, but the month where there are slashes between them.
    """
    read: list[Dates] = []
    values = np.full(len(cells), np.datetime64("NaT", "s"))
    samples: tuple[int, ...] = ()
    left = np.arange(len(cells))
    for best in _by_frequency(cells):
        fields = pc.extract_regex(cells if not read else cells.take(pa.array(left)), best)
        found = fields.is_valid().to_numpy(zero_copy_only=False)
        if not found.any():
            continue
        dates = _read(fields if found.all() else fields.drop_null(), best, order)
        if {dates.order, *(it.order for it in read)} >= {"day", "month"}:
            continue
        read.append(dates)
        values[left[found]] = dates.values
        samples += (int(left[found][0]),)
        left = left[~found]
        if not len(left):
            break
    if not read:
        return None
    return Dates(
        values,
        next((it.order for it in read if it.order != "clear"), "clear"),
        any(it.is_guess for it in read),
        any(it.has_zones for it in read),
        any(it.has_short_years for it in read),
        samples,
    )


def _by_frequency(cells: pa.StringArray) -> list[str]:
    """The formats of the first cells, the most frequent first."""
    start = cells.slice(0, LOOKED_AT)
    counts = {it: pc.sum(pc.match_substring_regex(start, it)).as_py() or 0 for it in FORMATS}
    return sorted((it for it in FORMATS if counts[it]), key=lambda it: -counts[it])


def _read(fields: pa.StructArray, best: str, order: str | None) -> Dates:
    """Dates by the fields of their format."""
    names = [it.name for it in fields.type]
    year = _integers(fields, "year")
    has_short_years = bool(pc.any(pc.equal(pc.utf8_length(fields.field("year")), 2)).as_py())
    year = np.where(year < 100, year + np.where(year < CENTURY_STARTS, 2000, 1900), year)
    if "first" in names:
        month, day, order, is_guess = _ordered(fields, order, slashes="/" in best)
    else:
        day = _integers(fields, "day") if "day" in names else np.ones(len(year), np.int64)
        if "quarter" in names:
            month = 3 * _integers(fields, "quarter") - 2
        else:
            month = _months(fields) if "month" in names else day
        order, is_guess = "clear", False
    midnights = _days_of_weeks(fields, year) if "week" in names else _moments(year, month, day)
    values, has_zones = _with_time(midnights, fields)
    return Dates(values, order, is_guess, has_zones, has_short_years)


def _ordered(
    fields: pa.StructArray, order: str | None, slashes: bool
) -> tuple[Numbers, Numbers, str, bool]:
    """Month and day of dates in numbers, which of them comes first, and whether that is a guess."""
    first, second = _integers(fields, "first"), _integers(fields, "second_number")
    is_guess = order is None and not ((first > 12).any() or (second > 12).any())
    if order is None:
        # A column with both has wrong dates in either order: fewer of them with the right one.
        day_first = (first > 12).sum() > (second > 12).sum() or (is_guess and not slashes)
        order = "day" if day_first else "month"
    return (second, first, order, is_guess) if order == "day" else (first, second, order, is_guess)


def _integers(fields: pa.StructArray, name: str) -> Numbers:
    """A field as whole numbers; 0 where it is left out."""
    text = fields.field(name)
    numbers = pc.if_else(pc.equal(text, ""), "0", text).fill_null("0")
    return pc.cast(numbers, pa.int64()).to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def _months(fields: pa.StructArray) -> Numbers:
    """Months from numbers or names; 0 for other words."""
    text = fields.field("month")
    if pc.any(pc.match_substring_regex(text, "[A-Za-z]")).as_py():
        return months_of(text)
    return _integers(fields, "month")


def _moments(year: Numbers, month: Numbers, day: Numbers) -> npt.NDArray[np.datetime64]:
    """Midnights of days; NaT where there is no such day."""
    is_month = (month >= 1) & (month <= 12)
    months = (np.where(is_month, (year - 1970) * 12 + month - 1, 0)).astype("datetime64[M]")
    lengths = (months + 1).astype("datetime64[D]") - months.astype("datetime64[D]")
    valid = is_month & (day >= 1) & (day <= lengths.astype(np.int64))
    days = months.astype("datetime64[D]") + np.where(valid, day - 1, 0)
    return np.where(valid, days.astype("datetime64[s]"), np.datetime64("NaT", "s"))


def _days_of_weeks(fields: pa.StructArray, year: Numbers) -> npt.NDArray[np.datetime64]:
    """Midnights of days by ISO 8601's weeks, the first of which has January 4; NaT where none."""
    week, weekday = _integers(fields, "week"), _integers(fields, "weekday")
    fourth = (year - 1970).astype("datetime64[Y]").astype("datetime64[D]") + 3
    monday = fourth - (fourth.astype(np.int64) + 3) % 7 + (week - 1) * 7
    is_week = (monday + 3).astype("datetime64[Y]").astype(np.int64) == year - 1970  # its Thursday
    days = monday + np.maximum(weekday - 1, 0)
    return np.where(is_week, days.astype("datetime64[s]"), np.datetime64("NaT", "s"))


def _with_time(
    midnights: npt.NDArray[np.datetime64], fields: pa.StructArray
) -> tuple[npt.NDArray[np.datetime64], bool]:
    """Moments with the time of day, in UTC where there are offsets; and whether there are."""
    hour, minute, second = (_integers(fields, it) for it in ("hour", "minute", "second"))
    half = pc.utf8_lower(fields.field("half")).fill_null("").to_numpy(zero_copy_only=False)
    is_valid = (hour < 24) & (minute < 60) & (second < 61) & ((half == "") | (hour <= 12))
    hour = np.where(half == "", hour, hour % 12 + 12 * (half == "pm"))
    seconds = hour * 3600 + minute * 60 + second
    zone = pc.replace_substring_regex(fields.field("zone"), "[ :UTCZ+]", "").fill_null("")
    has_zones = bool(pc.any(pc.not_equal(zone, "")).as_py())
    if has_zones:
        offset = pc.cast(pc.if_else(pc.equal(zone, ""), "0", zone), pa.int64())
        numbers = offset.to_numpy(zero_copy_only=False)
        seconds = seconds - np.sign(numbers) * (
            abs(numbers) // 100 * 3600 + abs(numbers) % 100 * 60
        )
    moments = midnights + seconds.astype("timedelta64[s]")
    return np.where(is_valid, moments, np.datetime64("NaT", "s")), has_zones
