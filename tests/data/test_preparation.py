"""The preparation that the transforms of a table make up."""

import json

import numpy as np
import pytest

from tests.data.columns import categories, dates, named, numbers, rows, table, texts
from tui_dl.data.preparation import FARTHEST, Preparation, fit, restore
from tui_dl.data.readers.table import (
    Column,
    NumberColumn,
    Table,
)
from tui_dl.support.errors import UserError


def made(target: Column | None = None) -> tuple[Table, Preparation]:
    random = np.random.default_rng(0)
    it = table(
        target or named(numbers(*random.normal(50, 7, 30)), "y"),
        named(numbers(*random.normal(3, 2, 29), np.nan), "a"),
        named(categories(*["u", "v", "w"] * 10), "b"),
        named(dates(*(f"2024-{1 + it % 12:02}-05" for it in range(30))), "c"),
        named(texts(*["one two", "two three", "one"] * 10), "d"),
    )
    return it, fit(it, np.arange(20), {})


def test_scaled_features_have_mean_0_and_deviation_1_over_training_alone() -> None:
    it, preparation = made()
    inputs = preparation.inputs({column.name: column for column in it.inputs}, it.rows)
    assert inputs.dtype == np.float32
    assert inputs.shape == (30, preparation.features)
    assert abs(inputs[:20, 0].mean()) < 1e-6
    assert inputs[:20, 0].std() == pytest.approx(1)
    assert abs(inputs[:, 0].mean()) > 1e-3
    assert inputs[29, 0] == 0  # missing: the mean; training misses none, so there is no indicator


def test_a_target_in_its_own_units_comes_back() -> None:
    it, preparation = made()
    target = it.column("y")
    assert isinstance(target, NumberColumn)
    targets = preparation.targets(target)
    assert targets.shape == (30, 1)
    assert targets[:20].std() == pytest.approx(1, rel=1e-5)
    np.testing.assert_allclose(preparation.numbers(targets), target.values, rtol=1e-6)


def test_the_state_is_restored_from_arrays_and_text() -> None:
    it, preparation = made(named(categories(*["p", "q"] * 15), "y"))
    columns = {column.name: column for column in it.inputs}
    again = restore(preparation.tensors(), preparation.metadata())
    assert again.facts == preparation.facts
    np.testing.assert_array_equal(again.inputs(columns, 30), preparation.inputs(columns, 30))
    assert again.facts.class_names == ("p", "q")
    with pytest.raises(UserError, match="preparation is damaged"):
        restore(preparation.tensors(), {"preparation": json.dumps({"transforms": 3})})


def test_numbers_far_from_training_are_kept_in_bounds() -> None:
    it, preparation = made()
    columns = {column.name: column for column in it.inputs}
    columns["a"] = named(numbers(*[1e38] * 30), "a")
    assert preparation.inputs(columns, 30)[0, 0] == FARTHEST


def test_a_column_that_is_the_same_in_training_says_nothing() -> None:
    it = table(named(categories(*["p", "q"] * 5), "y"), numbers(*[3] * 8, 4, 5), made_b())
    preparation = fit(it, np.arange(8), {})
    inputs = preparation.inputs({column.name: column for column in it.inputs}, 10)
    assert (inputs[:, 0] == 0).all()


def made_b() -> Column:
    column: Column = named(numbers(*range(10)), "b")
    return column


def test_one_text_and_classes_are_read_as_tokens() -> None:
    column = texts(*["a good film", "a bad film"] * 10)
    target = named(categories(*["yes", "no"] * 10), "label")
    preparation = fit(table(target, column), rows(*range(10)), {})
    inputs = preparation.inputs({"x": column}, 20)
    assert inputs.dtype == np.int32
    assert preparation.input.vocab_size == int(inputs.max()) + 1
    lengths = preparation.lengths(inputs)
    assert lengths is not None
    assert set(lengths.tolist()) == {3}
    again = restore(preparation.tensors(), preparation.metadata())
    np.testing.assert_array_equal(again.inputs({"x": column}, 20), inputs)
    words = fit(table(target, column), rows(*range(10)), {"x": "words"})
    assert not words.input.vocab_size
    assert words.lengths(words.inputs({"x": column}, 20)) is None


def test_a_text_beside_other_columns_is_counted_and_cannot_be_tokens() -> None:
    target = named(categories(*["yes", "no"] * 4), "label")
    text, number = texts(*["a b", "b c"] * 4), named(numbers(*range(8)), "size")
    both = table(target, text, number)
    assert fit(both, rows(*range(8)), {}).transforms["x"] == "words"
    with pytest.raises(UserError, match=r"data\.transform\.x: tokens are for a text that is the"):
        fit(both, rows(*range(8)), {"x": "tokens"})


@pytest.mark.parametrize(
    ("rows", "words", "transform"),
    [(20, 10, "tokens"), (20, 40, "words"), (2_100, 40, "tokens")],
)
def test_few_long_texts_are_counted(rows: int, words: int, transform: str) -> None:
    column = texts(*(f"good{row % 2} " + "and " * (words - 1) for row in range(rows)))
    it = table(named(categories(*("yes", "no") * (rows // 2)), "label"), column)
    assert fit(it, np.arange(rows), {}).transforms == {"x": transform}
