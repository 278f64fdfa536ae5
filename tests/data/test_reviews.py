"""Reviews are as the keys say, and no single word gives them away."""

from __future__ import annotations

import numpy as np
import pytest

from tui_dl import data
from tui_dl.data import Samples
from tui_dl.data.transforms.tokens import FIRST, UNKNOWN, tokens_of
from tui_dl.spec.data.review_grammar import BAD, GOOD, VOCABULARY
from tui_dl.spec.data.reviews import Reviews


def texts(samples: Samples) -> list[str]:
    assert samples.source is not None
    return [text for (text,) in samples.source.texts(len(samples))]


def test_every_word_has_its_own_id() -> None:
    source = Reviews(samples=400)
    names, dataset = source.token_names, data.load(source, 0)
    assert list(names[FIRST:]) == sorted(set(VOCABULARY))
    for samples in (dataset.train, dataset.validation, dataset.test):
        assert samples.lengths is not None
        rows = zip(texts(samples), samples.inputs.tolist(), samples.lengths.tolist(), strict=True)
        for text, ids, length in rows:
            assert [names[it] for it in ids[:length]] == tokens_of(text)


def test_no_review_is_in_two_parts() -> None:
    dataset = data.load(Reviews(samples=3000), 1)
    every = [*texts(dataset.train), *texts(dataset.validation), *texts(dataset.test)]
    assert len(set(every)) == 3000


@pytest.mark.parametrize("negated", [0.0, 0.5, 1.0])
def test_so_many_opinions_are_negated(negated: float) -> None:
    """Where none is, adjectives tell all; where half are, they tell nothing."""
    dataset = data.load(Reviews(negated=negated), 2)
    said = [len(set(GOOD) & set(it.split())) > 0 for it in texts(dataset.train)]
    bad = [len(set(BAD) & set(tokens_of(it))) > 0 for it in texts(dataset.train)]
    one = np.array(said) != np.array(bad)
    agree = (np.array(said) == (dataset.train.targets == 1))[one].mean()
    assert agree == pytest.approx(1 - negated, abs=0.06)
    assert dataset.train.targets.mean() == pytest.approx(0.5, abs=0.05)


def test_what_a_user_types_is_read_as_reviews_are() -> None:
    source = Reviews()
    typed = ["The plot is NOT bad.", "a masterpiece, hardly dull"]
    given = data.encode(source, source.inspect(), 0, typed)
    assert given.lengths is not None
    names = [source.token_names[it] for it in given.inputs[0, : given.lengths[0]]]
    assert names == ["the", "plot", "is", "not", "bad", "."]
    assert given.inputs[1, 1] == UNKNOWN
    assert not given.targets.any()
    for text, says in (
        ("", "has no words"),
        ("\x1b[1m", "has no word that the network knows"),
        ("한국어 영화", "has no word that the network knows"),
        ("bad " * 41, "has 41 words and signs"),
    ):
        with pytest.raises(ValueError, match=says) as refused:
            data.encode(source, source.inspect(), 0, [text])
        assert "\x1b" not in str(refused.value)
        assert "wanted: a film review in English of at most 40 words" in str(refused.value)
