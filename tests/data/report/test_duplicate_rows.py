"""Repeated rows are counted where they matter."""

import numpy as np

from tests.data.report.tables import category, draw, found, number, table
from tui_dl.data.readers.table import Table, TextColumn


def repeating(rows: int, repeated: int) -> Table:
    """A table whose last rows repeat its first ones, gaps and all."""
    values = draw().normal(size=rows)
    values[::9] = np.nan
    values[::9][1:] = draw(1).normal(size=len(values[::9]) - 1)
    values[rows - repeated :] = values[:repeated]
    kinds = ["ab"[it % 2] for it in range(rows)]
    kinds[rows - repeated :] = kinds[:repeated]
    return table(number("a", values), category("kind", kinds))


def test_repeated_rows() -> None:
    (finding,) = found("duplicate_rows", repeating(400, 30))
    assert finding.evidence == {"repeated": 30, "rows": 400}


def test_too_few_to_matter() -> None:
    assert found("duplicate_rows", repeating(400, 11))
    assert not found("duplicate_rows", repeating(400, 10))


def test_rows_that_have_to_repeat() -> None:
    few = number("a", draw().integers(0, 5, 400))
    assert not found(
        "duplicate_rows", table(few, category("kind", ["ab"[it % 2] for it in range(400)]))
    )


def test_texts_and_zeros_are_compared_by_their_values() -> None:
    texts = [f"a long text of number {it % 100}" for it in range(200)]
    it = table(
        TextColumn("text", np.zeros(200, np.bool_), texts),
        number("a", [0.0] * 100 + [-0.0] * 100),
        category("kind", ["ab"[it % 2] for it in range(200)]),
    )
    (finding,) = found("duplicate_rows", it)
    assert finding.evidence["repeated"] == 100
