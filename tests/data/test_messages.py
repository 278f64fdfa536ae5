"""Messages are as the keys say, and rules answer them by their words alone."""

from __future__ import annotations

import re

import numpy as np
import pytest

from tui_dl.data import Dataset, Samples
from tui_dl.data.message_rules import is_spam, rules_that_hold
from tui_dl.data.messages import load, rules
from tui_dl.data.transforms.tokens import FIRST, UNKNOWN, tokens_of
from tui_dl.spec.data.messages import Messages


def texts(samples: Samples) -> list[str]:
    assert samples.source is not None
    return [text for (text,) in samples.source.texts(len(samples))]


def all_of(dataset: Dataset) -> list[Samples]:
    return [dataset.train, dataset.validation, dataset.test]


@pytest.mark.parametrize("spam", [0.1, 0.5])
def test_as_many_are_spam_as_was_asked_for(spam: float) -> None:
    dataset = load(Messages(samples=4000, spam=spam), 3)
    labels = np.concatenate([it.targets for it in all_of(dataset)])
    assert labels.mean() == pytest.approx(spam, abs=0.02)


def test_only_telling_words_of_spam_are_disguised() -> None:
    disguised = re.compile(r"\b(?=\w*[a-z])(?=\w*[0-9])\w+\b")
    for share, expected in ((0.0, 0), (1.0, 1)):
        train = load(Messages(disguised=share), 0).train
        found = [bool(disguised.search(it)) for it in texts(train)]
        assert not np.any(np.array(found)[train.targets == 0])
        assert np.mean(np.array(found)[train.targets == 1]) >= 0.6 * expected
        assert any(found) is bool(expected)
        assert not any("*" in it or "{" in it for it in texts(train))


def test_the_vocabulary_is_that_of_the_training_part() -> None:
    dataset = load(Messages(samples=300), 0)
    known = {word for text in texts(dataset.train) for word in tokens_of(text)}
    words: dict[int, str] = {}
    for samples in all_of(dataset):
        for text, ids in zip(texts(samples), samples.inputs.tolist(), strict=True):
            for word, number in zip(tokens_of(text), ids, strict=False):
                assert word in known or number == UNKNOWN
                assert number == UNKNOWN or words.setdefault(number, word) == word
    assert min(words) == FIRST


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("are you free tonight?", ["says free or cheap"]),
        ("you WON cash", ["says win, won or winner", "says cash, credit or loan"]),
        ("fr33 phone, see www.shop.com", ["has the address of a shop"]),
        ("it costs $5, ring 80077", ["names an amount of money", "has a number of five digits"]),
        ("freedom", []),
    ],
)
def test_a_rule_holds_for_whole_words(text: str, expected: list[str]) -> None:
    assert rules_that_hold(text) == expected
    assert is_spam([text]) == [len(expected) >= 2]


def test_rules_answer_every_message() -> None:
    test = load(Messages(samples=400), 0).test
    assert rules(test).tolist() == is_spam(texts(test))
