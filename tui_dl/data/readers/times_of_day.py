"""Times of day such as 13:30, 1:30 PM or 13h30, as hours since midnight; durations, 99:30:00."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

TIME = (
    r"^(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d(?:\.\d+)?))?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?$"
)
FIELDS = TIME.replace(r"[01]?\d|2[0-3]", r"\d{1,3}").replace(  # of durations too
    r"<minute>[0-5]", r"<minute>[0-5]?"
)
DURATION = r"^\d{1,3}:[0-5]\d:[0-5]\d(?:\.\d+)?$"  # with seconds: 45:30 may be minutes
WITH_LETTERS = r"^(\d{1,3}) ?h ?([0-5]?\d)(?: ?m(?:in|n)?)?$"  # 13h30, 1h 30m
EITHER = re.sub(r"\?P<\w+>", "?:", f"{TIME}|{DURATION}|{WITH_LETTERS}")
MARK = re.compile(r"\d(?::| ?h ?\d)")  # which other cells do not have
LONGEST = 40  # characters of a time with blanks around it: texts are longer


def looks_like_time(cell: str) -> bool:
    """Whether a cell is a time of day or a duration."""
    if len(cell) > LONGEST or not MARK.search(cell):
        return False
    return re.match(EITHER, cell.strip()) is not None


def are_times(cells: pa.StringArray) -> bool:
    """Whether some cell is a time of day or a duration."""
    if not pc.any(pc.match_substring_regex(cells, MARK.pattern)).as_py():
        return False
    return bool(pc.any(pc.match_substring_regex(cells, EITHER)).as_py())


def read_hours(cells: pa.StringArray) -> npt.NDArray[np.float64]:
    """Hours since midnight, 13.5 of 13:30; NaN where a cell is no time."""
    fields = pc.extract_regex(pc.replace_substring_regex(cells, WITH_LETTERS, r"\1:\2"), FIELDS)
    half = pc.utf8_lower(fields.field("half")).fill_null("").to_numpy(zero_copy_only=False)
    hour, minute, second = (_numbers(fields, it) for it in ("hour", "minute", "second"))
    on_the_clock = np.where(half == "", hour, hour % 12 + 12 * (half == "p"))
    hours = on_the_clock + minute / 60 + second / 3600
    is_time = pc.match_substring_regex(cells, EITHER).to_numpy(zero_copy_only=False)
    return np.where(is_time & ((half == "") | (hour <= 12)), hours, np.nan)


def _numbers(fields: pa.StructArray, name: str) -> npt.NDArray[np.float64]:
    """A field as numbers; 0 where it is left out."""
    text = fields.field(name)
    numbers = pc.cast(pc.if_else(pc.equal(text, ""), "0", text).fill_null("0"), pa.float64())
    values: npt.NDArray[np.float64] = numbers.to_numpy(zero_copy_only=False)
    return values
