"""Numbers, dates, times of day or two numbers a cell that are read as names: order is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from tui_dl.data.readers.dates import looks_like_date
from tui_dl.data.readers.decimal_mark import looks_like_number
from tui_dl.data.readers.table import CategoryColumn, Table
from tui_dl.data.readers.times_of_day import looks_like_time
from tui_dl.data.split import Split
from tui_dl.spec.data_spec import Finding
from tui_dl.support.formatting import percent, quoted

FEW = 20  # different values, which may be names all the same, such as 1, 2, 3+
LOOKED_AT = 1_000  # of them, the most frequent
MOSTLY = 0.6  # of the rows
PART = r"\d+(?:[.,]\d+)?"
TWO_NUMBERS = re.compile(  # 126/83, 95-105, 6' 1", 5m 30s
    rf"{PART} ?(?:[/x×–-]|['′]|ft|m|min) ?{PART} ?(?:[\"″]|''|in|m|min|s)?"
)


def find(table: Table, splits: Split) -> Iterator[Finding]:
    """A finding for each column of them."""
    for column in table.inputs:
        if not isinstance(column, CategoryColumn) or len(column.categories) <= FEW:
            continue
        names = column.categories[:LOOKED_AT]
        counts = np.bincount(column.codes[~column.missing], minlength=len(column.categories))
        times = np.array([looks_like_time(it) for it in names])
        values = times | [looks_like_number(it) or looks_like_date(it) for it in names]
        shares = counts[: len(names)] / counts.sum()
        share, of_times = float(shares[values].sum()), float(shares[times].sum())
        pairs = np.array([TWO_NUMBERS.fullmatch(it) is not None for it in names]) & ~values
        of_pairs = float(shares[pairs].sum())
        if of_times >= MOSTLY:
            yield Finding(
                "values_as_names",
                (column.name,),
                f"column {column.name!r} has times of day, which are read as names",
                {"times": of_times},
                "write them as hours, such as 13.5, or with a date before them",
            )
        elif of_pairs >= MOSTLY:
            yield Finding(
                "values_as_names",
                (column.name,),
                f"column {column.name!r} has two numbers in a cell, which are read as one name, "
                f"such as {quoted(names[int(np.argmax(pairs))], 40)}",
                {"two_numbers": of_pairs},
                "make a column of each number, or one number of both, unless they are codes",
            )
        elif share >= MOSTLY and not values.all():
            odd = names[int(np.argmin(values))]
            yield Finding(
                "values_as_names",
                (column.name,),
                f"column {column.name!r} is read as names, yet {percent(share)} of its cells are "
                f"numbers or dates; one that is none is {quoted(odd, 40)}",
                {"numbers_or_dates": share},
                "correct the others, or add them to data.missing if they stand for nothing",
            )
