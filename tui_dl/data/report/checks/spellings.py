"""Categories that are written in several ways: with other capitals, blanks or forms of letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from unicodedata import normalize

from tui_dl.data.readers.table import CategoryColumn, Table
from tui_dl.data.split import Split
from tui_dl.spec.data_spec import Finding
from tui_dl.support.formatting import quoted

LEAST = 2  # letters: single ones, such as units and grades, may differ in case alone
ANSWERS = {"y", "n", "yes", "no", "t", "f", "true", "false"}  # of which single letters do not


def find(table: Table, splits: Split) -> Iterator[Finding]:
    """A finding for each column that has such categories."""
    for column in (*table.inputs, table.column(table.target)):
        if not isinstance(column, CategoryColumn):
            continue
        alike: defaultdict[str, list[str]] = defaultdict(list)
        for name in column.categories:
            alike[" ".join(normalize("NFKC", name).casefold().split())].append(name)
        least = 1 if ANSWERS.issuperset(alike) else LEAST
        several = [names for key, names in alike.items() if len(names) > 1 and len(key) >= least]
        if several:
            named = ", ".join(quoted(it, 40) for it in several[0][:3])
            yield Finding(
                "spellings",
                (column.name,),
                f"column {column.name!r} has {len(several)} of {len(alike)} values written in "
                f"several ways, such as {named}",
                {"values": len(several), "categories": len(column.categories)},
                "write each in one way if they mean the same: here they are different values",
            )
