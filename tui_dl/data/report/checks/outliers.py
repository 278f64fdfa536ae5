"""Outliers: numbers and dates so far from all others that they are errors or stand for no value."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from tui_dl.data.readers.table import DateColumn, Mask, NumberColumn, Table
from tui_dl.data.report.column_numbers import Doubles
from tui_dl.data.sorted_numbers import distinct_numbers, median, quantiles
from tui_dl.data.split import Split
from tui_dl.spec.data_spec import Finding
from tui_dl.support.formatting import written

FAR = 5.0  # interquartile ranges from the median: 6.7 deviations of normal numbers
ALONE = 3.0  # times as far as the farthest of the others
MOST = 0.05  # of the numbers; more of them are no exceptions,
FEW, MOST_ALIKE = 2, 0.2  # unless they are few different ones, which stand for no value
LEAST_ROWS = 20  # fewer have no quartiles to speak of


def find(table: Table, splits: Split) -> Iterator[Finding]:
    """A finding for each column of numbers or dates with outliers, the target among them."""
    said: Callable[[float], str]
    for column in table.columns:
        if isinstance(column, NumberColumn):
            values, what, said = column.values[~column.missing], "numbers", written
            outside = outliers(values)
        elif isinstance(column, DateColumn):
            values, what, said = _days(column), "dates", _day
            outside = outliers(values, may_be_sizes=False)
        else:
            continue
        if not outside.any():
            continue
        found, others = values[outside], values[~outside]
        least, most = float(others.min()), float(others.max())
        farthest = float(found[np.argmax(np.abs(found - median(others)))])
        yield Finding(
            "outliers",
            (column.name,),
            f"column {column.name!r} has {len(found):,} of {len(values):,} {what} far from the "
            f"others, such as {said(farthest)}: those are from {said(least)} to "
            f"{said(most)}",
            {"outliers": len(found), "farthest": farthest, "least": least, "most": most},
            "correct them if they are errors; add them to data.missing if they stand for nothing",
        )


def _days(column: DateColumn) -> Doubles:
    """The dates of a column, in days since 1970."""
    moments = column.values[~column.missing]
    return moments.astype("datetime64[D]").astype(np.float64)


def _day(value: float) -> str:
    return str(np.datetime64(int(value), "D"))


def outliers(values: Doubles, may_be_sizes: bool = True) -> Mask:
    """(values,) whether each is an outlier.

    They are far from the median, in quartile ranges, and then there is a gap: all others are
    within a third of their distance. Of numbers that are never negative both hold for the
    logarithms too, since sizes, counts and amounts differ by factors.
    """
    if len(values) < LEAST_ROWS:
        return np.zeros(len(values), np.bool_)
    outside = _isolated(values)
    if may_be_sizes and outside.any() and values.min() >= 0:
        typical = median(values[values > 0])
        outside &= _isolated(np.log1p(values / typical), gap=1.0)
    return outside


def _isolated(values: Doubles, gap: float = ALONE) -> Mask:
    """(values,) whether each is far from the median and beyond a gap."""
    low, median, high = quantiles(values, (0.25, 0.5, 0.75))
    distance = np.abs(values - median)
    far = distance > FAR * (high - low)
    count = int(far.sum())
    most = MOST_ALIKE if len(distinct_numbers(values[far])) <= FEW else MOST
    if not high > low or not 0 < count <= most * len(values):
        return np.zeros(len(values), np.bool_)
    farthest = np.sort(distance[far])
    before = np.concatenate([[distance[~far].max()], farthest[:-1]])
    beyond = np.flatnonzero(farthest > gap * before)
    if not len(beyond):
        return np.zeros(len(values), np.bool_)
    outside: Mask = distance >= farthest[beyond[0]]
    return outside
