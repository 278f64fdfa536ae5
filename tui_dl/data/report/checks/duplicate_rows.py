"""Rows that stand more than once in a table."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tui_dl.data.readers.table import Table
from tui_dl.data.report.row_keys import must_repeat, row_keys
from tui_dl.data.split import Split
from tui_dl.spec.data_spec import Finding
from tui_dl.support.formatting import percent


def find(table: Table, splits: Split) -> Iterator[Finding]:
    """One finding, where there are more repeated rows than matter for any result.

    So few of them as the standard error of a count of so many rows, sqrt(rows) / 2, change no
    figure that can be trusted. Where fewer different rows are possible than there are rows, they
    have to repeat.
    """
    keys = np.sort(row_keys(table))
    repeated = int((keys[1:] == keys[:-1]).sum())
    if repeated <= np.sqrt(table.rows) / 2 or must_repeat(table):
        return
    yield Finding(
        "duplicate_rows",
        (),
        f"{repeated:,} of {table.rows:,} rows ({percent(repeated / table.rows)}) repeat an earlier "
        "row in every column that counts",
        {"repeated": repeated, "rows": table.rows},
        "delete them if they are the same things recorded twice; keep them if they are different "
        "things that measure the same",
    )
