"""What rows have that training rows had not, and how it is read, each in a sentence."""

import numpy as np
import pytest

from tests.data.columns import categories, dates, named, numbers, rows, table, texts
from tui_dl.data.preparation import fit
from tui_dl.data.readers.read_rows import rows_of_records
from tui_dl.data.readers.table import Column, TableOptions
from tui_dl.data.row_remarks import row_remarks
from tui_dl.data.transforms import TRANSFORMS
from tui_dl.data.transforms.base import Transform
from tui_dl.data.transforms.log import Log
from tui_dl.data.transforms.one_hot import OneHot
from tui_dl.data.transforms.ordinal import Ordinal
from tui_dl.data.transforms.standardize import Standardize
from tui_dl.data.transforms.tokens import Tokens
from tui_dl.data.transforms.words import Words

MEAN = "no value: the mean of training takes its place"
NO_WORDS = "none of its words was in training"


@pytest.mark.parametrize(
    ("transform", "column", "expected"),
    [
        (
            OneHot.fit(categories("a", "a", "b"), rows(0, 1, 2)),
            categories("a", "b", "c", None),
            {2: "'c' is new: it counts as a rare one",
             3: "no value: it counts as none of those of training"},
        ),
        (
            OneHot.fit(categories("a", "a", None), rows(0, 1, 2)),
            categories("a", "\x1b[31m", None),
            {1: r"'\x1b[31m' is new: it counts as none of those of training"},
        ),
        (
            Ordinal.in_order(categories("low", "high"), rows(0, 1), ("low", "high")),
            categories("low", "huge", None),
            {1: "'huge' is not in data.order: the mean of training takes its place", 2: MEAN},
        ),
        (Standardize.fit(numbers(1, 2), rows(0, 1)), numbers(1, np.nan, 9), {1: MEAN}),
        (Standardize.fit(numbers(1, np.nan), rows(0, 1)), numbers(1, np.nan), {}),
        (
            Log.fit(numbers(1, 2), rows(0, 1)),
            numbers(1, -2.5, np.nan),
            {1: "-2.5 is below 0: it counts as 0", 2: MEAN},
        ),
        (
            Words.fit(texts("a cat", "a cat", "a dog"), rows(0, 1, 2)),
            texts("the cat", "dog", ""),
            {1: NO_WORDS, 2: NO_WORDS},
        ),
        (
            Tokens("x", ("good", "film"), 2),
            texts("good film", "a good film", "xyzzy"),
            {1: "the first 2 of 3 words and signs are read", 2: NO_WORDS},
        ),
    ],
)  # fmt: skip
def test_a_row_that_is_like_none_of_training(
    transform: Transform, column: Column, expected: dict[int, str]
) -> None:
    assert dict(transform.remarks(column, transform.apply(column))) == expected


@pytest.mark.parametrize("name", TRANSFORMS)
def test_a_gap_is_said_where_training_had_none(name: str) -> None:
    kind = TRANSFORMS[name]
    columns = {
        "number": numbers(*range(240), np.nan),
        "category": categories(*["a", "b"] * 120, None),
        "date": dates(*[f"20{year:02}-01-01" for year in range(1, 25)] * 10, "NaT"),
        "text": texts(*["good film"] * 240, ""),
    }
    column = columns[kind.column_kind]
    fits: list[Transform]
    if kind is Ordinal:
        fits = [Ordinal.in_order(column, np.arange(it), ("a", "b")) for it in (241, 240)]
    else:
        fits = [kind.fit(column, np.arange(it)) for it in (241, 240)]
    with_gap, without = (dict(it.remarks(column, it.apply(column))) for it in fits)
    if kind.column_kind == "text":
        assert with_gap == without == {240: NO_WORDS}
    else:
        assert (with_gap, without) == ({}, {240: kind.gap})


def test_remarks_name_their_column_and_numbers_that_are_far() -> None:
    columns = (
        named(numbers(*range(20)), "y"),
        named(numbers(*np.linspace(0, 1, 20)), "size"),
        named(categories(*["a", "b"] * 10), "kind"),
    )
    preparation = fit(table(*columns), np.arange(20), {})
    new = {
        "size": named(numbers(0.5, 1e6, 1.5), "size"),
        "kind": named(categories("a", "z", "b"), "kind"),
    }
    found = row_remarks(preparation, new, preparation.inputs(new, 3))
    assert found == {
        1: [
            "column 'size': 1,000,000 is far from those of training: a nearer number takes its "
            "place",
            "column 'kind': 'z' is new: it counts as none of those of training",
        ]
    }


def test_cells_of_another_kind_are_named() -> None:
    kinds = {"size": "number", "day": "date", "kind": "category"}
    given: list[dict[str, object]] = [
        {"size": 1, "day": "2024-01-01", "kind": "a"},
        {"size": "big", "day": "2024-01-02", "kind": 3},
        {"size": None, "day": "soon", "kind": None},
    ]
    found = rows_of_records(given, kinds, TableOptions())
    assert found.unread == {
        1: ["column 'size': 'big' is no number: it counts as missing"],
        2: ["column 'day': 'soon' is no date: it counts as missing"],
    }
    assert [part.unread for part in found.parts(2)] == [
        {1: found.unread[1]},
        {0: found.unread[2]},
    ]
