"""Rows that stand both in the training part and in the test part."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tui_dl.data.readers.table import Table
from tui_dl.data.report.row_keys import must_repeat, row_keys
from tui_dl.data.sorted_numbers import is_in
from tui_dl.data.split import Split
from tui_dl.spec.data_spec import Finding
from tui_dl.support.formatting import percent


def find(table: Table, splits: Split) -> Iterator[Finding]:
    """One finding, where the test's result could be off by more than its own uncertainty.

    The number of right answers among n test rows is uncertain by sqrt(n) / 2 at most, the standard
    error of a binomial count. Where fewer different rows are possible than there are rows, the
    parts have to share some.
    """
    train, _, test = splits
    keys = row_keys(table)
    both = int(is_in(keys[test], keys[train]).sum())
    if both <= np.sqrt(len(test)) / 2 or must_repeat(table):
        return
    yield Finding(
        "split_overlap",
        (),
        f"{both:,} of {len(test):,} rows to test with ({percent(both / len(test))}) are trained on "
        "too",
        {"shared": both, "test_rows": len(test)},
        "the test's result is too good: delete repeated rows from the file before training",
    )
