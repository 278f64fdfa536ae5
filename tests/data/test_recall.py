"""Sequences to recall a token of, of one length or of many."""

from __future__ import annotations

import numpy as np
import pytest

from tui_dl import data
from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.data.recall import Recall


def test_training_sequences_are_of_all_lengths_and_others_of_the_longest() -> None:
    dataset = data.load(Recall(length=9, shortest=3), 0)
    assert dataset.train.lengths is not None
    found, counts = np.unique(dataset.train.lengths, return_counts=True)
    assert found.tolist() == [3, 4, 5, 6, 7, 8, 9]
    assert counts.min() > 0.8 * counts.max()
    assert dataset.validation.lengths is None
    assert dataset.test.lengths is None


def test_the_tokens_are_those_of_sequences_of_one_length() -> None:
    same, mixed = (data.load(it, 1) for it in (Recall(), Recall(shortest=1)))
    np.testing.assert_array_equal(same.train.inputs, mixed.train.inputs)
    np.testing.assert_array_equal(same.test.targets, mixed.test.targets)


def test_the_shortest_is_no_longer_than_the_longest() -> None:
    source = Recall(length=9, shortest=10)
    with pytest.raises(ConfigError, match="more than data"):
        source.check(source.inspect())
