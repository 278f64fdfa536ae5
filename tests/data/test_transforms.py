"""Transforms: each by hand, fitted on training rows only, and the preparation they make up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data.columns import categories, dates, named, numbers, rows, table, texts
from tui_dl.data.preparation import fit, restore
from tui_dl.data.transforms import TRANSFORMS, choose
from tui_dl.data.transforms.date_parts import DateParts
from tui_dl.data.transforms.levels import Levels
from tui_dl.data.transforms.log import Log
from tui_dl.data.transforms.one_hot import MOST_CATEGORIES, OneHot
from tui_dl.data.transforms.ordinal import Ordinal
from tui_dl.data.transforms.piecewise import Piecewise
from tui_dl.data.transforms.standardize import Standardize
from tui_dl.data.transforms.tokens import FIRST, PADDING, UNKNOWN, Tokens, lengths_of
from tui_dl.data.transforms.words import MOST_WORDS, Words, words_of
from tui_dl.engine.inference.agreement import Agreement
from tui_dl.support.errors import UserError


def test_there_is_a_transform_for_each_kind_that_is_predicted_from() -> None:
    kinds = {it.column_kind for it in TRANSFORMS.values()}
    assert kinds == {"number", "category", "date", "text"}


def test_a_number_is_itself_with_an_indicator_only_where_training_misses_some() -> None:
    column = numbers(1, 2, np.nan, 4)
    without, with_missing = (
        Standardize.fit(column, train) for train in (rows(0, 1), rows(0, 1, 2))
    )
    np.testing.assert_array_equal(without.apply(column)[:, 0], column.values)
    assert without.width == 1
    np.testing.assert_array_equal(with_missing.apply(column)[:, 1], [0, 0, 1, 0])
    assert with_missing.scales == ["deviation", None]


def test_skewed_numbers_are_on_a_logarithmic_scale_of_their_median() -> None:
    values = np.exp(np.random.default_rng(0).normal(size=100) * 2)
    train = np.arange(100)
    assert choose(numbers(*values), train, None) is Log
    transform = Log.fit(numbers(*values), train)
    assert transform.unit == np.median(values)
    np.testing.assert_allclose(
        transform.apply(numbers(*values))[:, 0], np.log1p(values / np.median(values))
    )
    assert transform.apply(numbers(-5))[0, 0] == 0  # below all of training
    assert choose(numbers(*-values), train, None) is Standardize
    assert choose(numbers(*np.linspace(0, 1, 200)), train, None) is Standardize


def test_a_transform_is_of_a_kind_of_column() -> None:
    assert choose(numbers(1, 2), rows(0, 1), "log") is Log
    with pytest.raises(UserError, match=r"data.transform.x: no transform of a number is 'words'"):
        choose(numbers(1, 2), rows(0, 1), "words")


def test_min_max_is_from_0_to_1_over_training() -> None:
    it = table(named(categories(*["p", "q"] * 4), "y"), numbers(*range(2, 8), 20, np.nan))
    preparation = fit(it, np.arange(6), {"x": "min_max"})
    inputs = preparation.inputs({"x": it.column("x")}, 8)[:, 0]
    np.testing.assert_allclose(inputs, [0, 0.2, 0.4, 0.6, 0.8, 1, 3.6, 0], rtol=1e-6)
    with pytest.raises(UserError, match="'z' is no column to predict from"):
        fit(it, np.arange(6), {"z": "log"})


def test_categories_that_training_has_not_count_as_rare_ones() -> None:
    column = categories("a", "a", "b", "b", "b", "c", "d", None)
    transform = OneHot.fit(column, np.arange(7))
    assert transform.categories == ("b", "a")
    expected = [[0, 1, 0], [0, 1, 0], *[[1, 0, 0]] * 3, [0, 0, 1], [0, 0, 1], [0, 0, 0]]
    np.testing.assert_array_equal(transform.apply(column), expected)
    np.testing.assert_array_equal(transform.apply(categories("z", "a")), [[0, 0, 1], [0, 1, 0]])
    no_rare = OneHot.fit(column, np.arange(5))
    np.testing.assert_array_equal(no_rare.apply(categories("z")), [[0, 0]])
    assert OneHot.fit(column, np.arange(8)).apply(column)[-1].tolist() == [0, 0, 0, 1]


def test_there_are_no_more_categories_than_allowed() -> None:
    many = categories(*[f"{it:03}" for it in range(MOST_CATEGORIES + 50)] * 3)
    transform = OneHot.fit(many, np.arange(len(many.codes)))
    assert transform.width == MOST_CATEGORIES + 1


def test_parts_of_dates_are_those_that_differ() -> None:
    days = dates("2024-01-01", "2024-07-01", "2025-01-06", "NaT")
    transform = DateParts.fit(days, rows(0, 1, 2))  # three Mondays
    assert transform.parts == ("moment", "season")
    features = transform.apply(days)
    np.testing.assert_allclose(features[0, 1:], [0, 1], atol=1e-9)
    assert features[1, 2] < -0.99
    assert np.isnan(features[3, 0])
    assert (features[3, 1:] == 0).all()
    hours = DateParts.fit(dates("2024-01-01T00:00", "2024-01-01T06:00"), rows(0, 1))
    assert hours.parts == ("moment", "hour")
    week = DateParts.fit(dates("2024-01-01", "2024-01-07"), rows(0, 1))
    assert week.parts == ("moment", "season", "weekday")
    np.testing.assert_array_equal(week.apply(dates("2024-01-07"))[0, 3:], [0, 0, 0, 0, 0, 0, 1])


def test_the_words_of_texts_are_counted_as_scikit_learn_does() -> None:
    vectorizer = pytest.importorskip("sklearn.feature_extraction.text").TfidfVectorizer
    column = texts("The cat sat", "the cat ran", "a dog ran", "", "dog dog unseen")
    transform = Words.fit(column, rows(0, 1, 2))
    assert transform.words == ("cat", "ran", "the")
    peer = vectorizer(vocabulary=transform.words, token_pattern=r"\w+").fit(column.values[:3])
    np.testing.assert_allclose(transform.rarities, peer.idf_, rtol=1e-6)
    features = transform.apply(column)
    peers = peer.transform(column.values[:3]).toarray()  # each word is in a text once
    np.testing.assert_allclose(features[:3], peers, rtol=1e-6)
    assert (features[3:] == 0).all()


def test_there_are_no_more_words_than_allowed() -> None:
    words = " ".join(f"w{it}" for it in range(MOST_WORDS + 100))
    assert Words.fit(texts(words, words), rows(0, 1)).width == MOST_WORDS


def test_tokens_are_ids_in_order_and_rare_words_share_one() -> None:
    column = texts("Good, good film", "bad film", "good unseen", "", "東京 good")
    fitted = Tokens.fit(column, rows(0, 1))
    assert fitted.words == ("film",)  # the only word in two training rows
    fitted = Tokens.fit(column, rows(0, 1, 2))
    assert fitted.words == ("film", "good")
    assert fitted.length == 4  # the longest training text
    film, good = FIRST, FIRST + 1
    ids = fitted.ids(column)
    assert ids.tolist() == [
        [good, UNKNOWN, good, film],  # a comma is a token
        [UNKNOWN, film, PADDING, PADDING],
        [good, UNKNOWN, PADDING, PADDING],
        [UNKNOWN, PADDING, PADDING, PADDING],  # a text of no tokens
        [UNKNOWN, UNKNOWN, good, PADDING],  # no blanks are needed in Japanese
    ]
    assert lengths_of(ids).tolist() == [4, 2, 2, 1, 3]
    assert fitted.vocab_size == 4


def test_numbers_of_few_values_have_a_feature_for_each() -> None:
    column = numbers(*[6, 7, 8] * 200, np.nan, 9)
    train = rows(*range(601))
    assert choose(column, train, None) is Levels
    fitted = Levels.fit(column, train)
    assert fitted.apply(column)[0].tolist() == [6, 1, 0, 0, 0]
    assert fitted.apply(column)[600, 1:].tolist() == [0, 0, 0, 1]
    assert fitted.apply(column)[601].tolist() == [9, 0, 0, 0, 0]  # no training row has it


def test_levels_of_fewer_rows_have_lower_features() -> None:
    column = numbers(*[6, 7, 8] * 90)
    train = np.arange(270)
    assert choose(column, train, None) is Levels
    assert Levels.fit(column, train).apply(column)[1].tolist() == [7, 0, 0.25, 0]


def test_numbers_of_groups_have_a_feature_for_each() -> None:
    people = np.repeat(np.arange(1_000, 1_500), 8).astype(float)  # each asked in eight years
    train = np.sort(np.random.default_rng(0).permutation(4_000)[:2_800])
    assert choose(numbers(*people), train, None) is Levels
    years = np.random.default_rng(0).integers(1_000, 1_500, 4_000)
    assert choose(numbers(*years), train, None) is Piecewise


@pytest.mark.parametrize(
    "values",
    [
        [0, 1] * 300,
        [0.5, 1, 2] * 200,
        np.random.default_rng(0).integers(0, 40, 600),
        [1, 2, 3] * 49,
        np.repeat(range(300), 2),
    ],
    ids=["two values", "fractions", "many values", "few rows", "pairs"],
)
def test_other_numbers_have_one_feature(values: list[float]) -> None:
    column = numbers(*values)
    assert choose(column, np.arange(len(values)), None) is not Levels


def test_many_numbers_have_a_feature_for_each_quarter() -> None:
    values = np.arange(1_001.0)
    train = np.arange(1_001)
    assert choose(numbers(*values), train, None) is Piecewise
    fitted = Piecewise.fit(numbers(*values), train)
    assert fitted.ends == (0, 250, 500, 750, 1_000)
    assert fitted.apply(numbers(375, -5, 2_000)).tolist() == [
        [375, 1, 0.5, 0, 0],
        [-5, 0, 0, 0, 0],
        [2_000, 1, 1, 1, 1],
    ]
    skewed = numbers(*np.exp(values / 100), np.nan)
    fitted = Piecewise.fit(skewed, np.arange(1_002))
    assert isinstance(fitted.number, Log)
    assert fitted.scales == ["deviation", *[None] * 5]
    assert fitted.apply(skewed)[-1, 1:].tolist() == [1, 0, 0, 0, 0]  # missing, in no quarter


def test_quarters_are_kept_in_the_run() -> None:
    it = table(named(numbers(*range(1_200)), "y"), numbers(*np.exp(np.arange(1_200) / 100)))
    preparation = fit(it, np.arange(1_100), {})
    again = restore(preparation.tensors(), preparation.metadata())
    assert again.facts == preparation.facts
    assert isinstance(again.facts.transforms[0], Piecewise)
    columns = {"x": it.column("x")}
    inputs = again.inputs(columns, 1_200)
    np.testing.assert_array_equal(inputs, preparation.inputs(columns, 1_200))
    assert inputs.shape == (1_200, 5)


def test_numbers_that_are_mostly_the_same_have_no_quarters() -> None:
    values = numbers(*[0.0] * 900, *range(100))
    assert Piecewise.fit(values, np.arange(1_000)).width == 1


def test_fewer_numbers_have_no_quarters() -> None:
    assert choose(numbers(*range(120)), np.arange(120), None) is Piecewise
    assert choose(numbers(*range(119)), np.arange(119), None) is Standardize
    assert choose(numbers(*[0, 1] * 600), np.arange(1_200), None) is Standardize


def test_categories_in_an_order_are_numbers() -> None:
    column = categories("low", "high", "middle", None, "low")
    order = "low", "middle", "high"
    fitted = Ordinal.in_order(column, rows(0, 1, 2, 3), order)
    assert fitted.apply(column).tolist()[:3] == [[0, 0], [2, 0], [1, 0]]
    assert np.isnan(fitted.apply(column)[3, 0])
    assert fitted.apply(column)[3, 1] == 1
    assert np.isnan(fitted.apply(categories("huge", "low"))[0, 0])
    with pytest.raises(UserError, match=r"data\.order\.x: 'high' stands in the table and not in"):
        Ordinal.in_order(column, rows(0, 1), ("low", "middle"))
    with pytest.raises(UserError, match=r"data\.transform\.x: ordinal needs the order"):
        fit(table(named(numbers(1, 2, 3, 4, 5), "y"), column), rows(0, 1, 2), {"x": "ordinal"})
    with pytest.raises(UserError, match=r"data\.order: 'z' is no column to predict from"):
        fit(table(named(numbers(1, 2, 3, 4, 5), "y"), column), rows(0, 1), {}, {"z": order})


@given(st.text())
def test_words_of_plain_texts_are_those_of_others(text: str) -> None:
    assert words_of(text) == words_of(f"{text} é")[:-1]


def test_truth_values_are_known_however_they_are_written() -> None:
    column = categories("true", "false", "true", "false")
    transform, ordinal = OneHot.fit(column, rows(0, 1, 2, 3)), Ordinal("x", ("False", "True"), True)
    for written in categories("True", "False"), categories("TRUE", "FALSE"):
        expected = transform.apply(categories("true", "false"))
        np.testing.assert_array_equal(transform.apply(written), expected)
        assert not [*transform.remarks(written, expected)]
        assert ordinal.apply(written)[:, 0].tolist() == [1, 0]
        agreement = Agreement("x", ["true", "false"])
        agreement.add(np.array(["true", "true"]), written, ".")
        assert str(agreement) == "2 rows with 'x': accuracy 50.0 %"
