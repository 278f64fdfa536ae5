"""Classes: one that most rows have, and classes too rare to be learned and tested."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tui_dl.data.readers.table import CategoryColumn, Table
from tui_dl.data.split import Split
from tui_dl.spec.data_spec import Finding
from tui_dl.support.formatting import first_few, percent, quoted

MOSTLY = 0.9  # of the rows have the largest class: then accuracy hardly tells networks apart
LEAST_ROWS = 10  # of a class, so that at the usual split training has 8 and testing has one


def find(table: Table, splits: Split) -> Iterator[Finding]:
    """One finding on the largest class, one on all rare ones."""
    target = table.column(table.target)
    if not isinstance(target, CategoryColumn):
        return
    counts = np.bincount(target.codes[~target.missing], minlength=len(target.categories))
    largest, share = int(counts.argmax()), float(counts.max() / counts.sum())
    name = target.categories[largest]
    if share >= MOSTLY:
        yield Finding(
            "class_balance",
            (table.target,),
            f"{percent(share)} of the rows have the class {quoted(name)}",
            {"largest_class": share, "rows": int(counts.sum())},
            f"an accuracy of {percent(share)} says nothing: look at the macro F1, and weigh the "
            "classes with data.balance = true",
        )
    rare = np.flatnonzero(counts < LEAST_ROWS)
    if len(rare):
        named = first_few([f"{quoted(target.categories[it], 40)} ({counts[it]})" for it in rare])
        yield Finding(
            "class_balance",
            (table.target,),
            f"{len(rare)} of {len(counts)} classes have fewer than {LEAST_ROWS} rows: {named}",
            {"rare_classes": len(rare), "fewest_rows": int(counts.min())},
            "collect more rows of them, put them together into one class, or leave them out",
        )
