"""Columns that say the same as another one are named with it."""

import numpy as np
import pytest

from tests.data.report.tables import category, draw, found, number, table
from tui_dl.data.readers.table import Column, TextColumn

VALUES = draw().normal(20, 5, 300)
GAPS = np.where(np.arange(300) % 7 == 0, np.nan, VALUES)
LATE = np.where(np.arange(300) < 250, np.nan, VALUES)
Y = number("y", draw(1).normal(size=300))
KINDS: list[str | None] = ["abc"[it] for it in draw(2).integers(0, 3, 300)]
CODES = ["abc".index(it or "") for it in KINDS]


def text(name: str, words: str) -> TextColumn:
    return TextColumn(name, np.zeros(300, np.bool_), [f"{words} {it}" for it in range(300)])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (number("one", VALUES), number("other", VALUES)),
        (number("one", VALUES), number("other", VALUES * 1.8 + 32)),
        (number("one", VALUES), number("other", -VALUES)),
        (number("one", GAPS), number("other", GAPS * 2)),
        (number("one", LATE), number("other", LATE)),
        (
            category("one", KINDS),
            category("other", [f"{'zyx'['abc'.index(it or '')]}" for it in KINDS]),
        ),
        (number("one", CODES), category("other", KINDS)),
        (category("one", KINDS), number("other", np.array([7, 2, 5])[CODES])),
        (text("one", "the first one is"), text("other", "the first one is")),
    ],
)
def test_copies_in_any_unit_and_any_words(one: Column, other: Column) -> None:
    (finding,) = found("duplicate_columns", table(one, number("z", VALUES**2), other, Y))
    assert finding.columns == ("one", "other")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (number("one", VALUES), number("other", VALUES + draw(3).normal(0, 0.01, 300))),
        (number("one", VALUES), number("other", GAPS)),
        (number("one", VALUES), number("other", [*VALUES[:-1], 0])),
        (category("one", KINDS), category("other", ["ab"[it == "a"] for it in KINDS])),
        (
            category("one", [f"A-{it}" for it in range(300)]),
            category("other", [f"B-{it * 7 % 300}" for it in range(300)]),
        ),
        (text("one", "the first one is"), text("other", "another one is")),
        (
            category("one", [f"A-{max(it, 3)}" for it in range(300)]),
            category("other", [f"B-{max(it, 3)}" for it in range(300)]),
        ),
        (
            category("one", [f"A-{it}" if it < 9 else None for it in range(300)]),
            category("other", [f"B-{it}" if it < 9 else None for it in range(300)]),
        ),
        (number("one", range(300)), text("other", "a name")),
        (number("one", CODES), category("other", ["ab"[it == "a"] for it in KINDS])),
    ],
)
def test_near_ones_are_not_named(one: Column, other: Column) -> None:
    assert not found("duplicate_columns", table(one, other, Y))
