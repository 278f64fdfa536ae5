"""A column that gives the answer away: it alone predicts the target in rows not seen before."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

import numpy as np

from tui_dl.data.readers.table import CategoryColumn, Table
from tui_dl.data.report.column_numbers import column_numbers
from tui_dl.data.report.one_column import FOLDS, class_skill, number_skill, ranks
from tui_dl.data.split import Split
from tui_dl.spec.data_spec import Finding
from tui_dl.support.formatting import fixed
from tui_dl.support.rng import stream

SAMPLED = 2_000, 20_000  # rows that are looked at, at least and at most
CELLS = 400_000  # that are looked at between these, so that wide and long tables take no longer
LEAST_ROWS = 10  # that do not have the largest class, or with a number: else chance can do it
# Of 230 tables from packages, the best columns that simply predict well had 0.978 (CO2 by time),
# 0.970 (a crab's depth by its width), 0.936 (a diamond's price by its weight) and 0.92 (an iris by
# its petals). From 0.983 on a column was made from the answer or the answer from it (light at birth
# by the weight at birth), named groups of rows with one answer, or was the day of a slow series.
GIVEN_AWAY = 0.98


def find(table: Table, splits: Split) -> Iterator[Finding]:
    """A finding for each column to predict from whose skill is `GIVEN_AWAY` or more."""
    for name, skill in skills(table, GIVEN_AWAY).items():
        if skill < GIVEN_AWAY:
            continue
        yield Finding(
            "answer_in_column",
            (name,),
            f"column {name!r} gives the answer away: it alone predicts {table.target!r} with a "
            f"skill of {fixed(skill, 3)} in rows not seen before, where 1 is always right",
            {"skill": skill},
            f"leave {name!r} out of the file if it is made from {table.target!r} or known only "
            "after it, or if it is the time or group of a row and new rows will have others",
        )


def skills(table: Table, least: float = -inf) -> dict[str, float]:
    """How well each column to predict from predicts the target alone, by name.

    1 is always right, 0 no better than the largest class or the mean; where it is less than
    `least`, the most that was still possible when that became clear.
    """
    target = table.column(table.target)
    random = stream(0, "report")
    count = min(max(CELLS // max(len(table.inputs), 1), SAMPLED[0]), SAMPLED[1])
    rows = random.permutation(np.flatnonzero(~target.missing))[:count]
    answers = column_numbers(target, rows)
    assert answers is not None
    folds = np.arange(len(rows)) % FOLDS
    if isinstance(target, CategoryColumn):
        labels = answers.astype(np.int64)
        counted = len(labels) - np.bincount(labels).max()
    else:
        answers = ranks(answers)
        counted = len(answers)
    if counted < LEAST_ROWS:
        return {}
    found = {}
    for column in table.inputs:
        values = column_numbers(column, rows)
        assert values is not None
        if isinstance(target, CategoryColumn):
            found[column.name] = class_skill(values, labels, folds, least)
        else:
            found[column.name] = number_skill(values, answers, folds, least)
    return found
