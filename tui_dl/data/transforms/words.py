"""Free text: how often each of the most frequent words occurs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, repeat
from math import log
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from tui_dl.data.readers.table import Column, Kind, TextColumn
from tui_dl.data.transforms.base import NO_WORDS, Features, Rows, Scale, Transform

MOST_WORDS = 1_000
AT_ONCE = 100  # texts whose words are counted together
LEAST_ROWS = 2  # of training that a word has to be in
WORD = re.compile(r"\w+")
_CHARACTERS = [chr(it) for it in range(128)]
_PLAIN = str.maketrans({it: it.lower() if WORD.match(it) else " " for it in _CHARACTERS})


class Words(Transform, frozen=True, tag="words"):
    """A feature a word: log(1 + its count) times its rarity, at length 1 over all words.

    The rarity is 1 + log((1 + rows) / (1 + rows with the word)), as in the tf-idf of scikit-learn.
    A row without any of the words is all 0. At length 1 a text weighs no more than another column.

    Attributes:
        words: in lower case, those that the most training rows have.
        rarities: one for each word.
    """

    column_kind: ClassVar[Kind] = "text"

    words: tuple[str, ...]
    rarities: tuple[float, ...]

    @classmethod
    def fit(cls, column: Column, train: Rows) -> Words:
        assert isinstance(column, TextColumn)
        counts: Counter[str] = Counter()
        for row in train.tolist():
            counts.update(set(words_of(column.values[row])))
        several = [word for word, count in counts.items() if count >= LEAST_ROWS]
        words = tuple(sorted(several, key=lambda word: (-counts[word], word))[:MOST_WORDS])
        rarities = (1 + log((1 + len(train)) / (1 + counts[word])) for word in words)
        return cls(column.name, words, tuple(rarities))

    @property
    def scales(self) -> list[Scale]:
        return [None] * len(self.words)

    def remarks(self, column: Column, features: Features) -> Iterator[tuple[int, str]]:
        for row in np.flatnonzero(~features.any(axis=1)).tolist():
            yield row, NO_WORDS

    def apply(self, column: Column) -> Features:
        assert isinstance(column, TextColumn)
        features = np.empty((len(column.values), len(self.words)), np.float32)
        for start in range(0, len(features), AT_ONCE):
            rows = slice(start, start + AT_ONCE)
            features[rows] = self._counts([words_of(it) for it in column.values[rows]])
        np.log1p(features, out=features)
        features *= np.array(self.rarities, np.float32)
        lengths = np.sqrt(np.einsum("ij,ij->i", features, features))[:, None]
        features /= np.where(lengths > 0, lengths, 1)
        return features

    def _counts(self, texts: list[list[str]]) -> npt.NDArray[np.intp]:
        """(texts, words) how often each word occurs, counted in one pass over all texts."""
        place_of = {word: index for index, word in enumerate(self.words)}.get
        width = len(self.words) + 1  # the last one is of all other words
        lengths = [len(it) for it in texts]
        found = map(place_of, chain.from_iterable(texts), repeat(width - 1))
        places = np.fromiter(found, np.intp, sum(lengths))
        places += np.repeat(width * np.arange(len(texts)), lengths)
        counts = np.bincount(places, minlength=width * len(texts))
        return counts.reshape(len(texts), width)[:, :-1]


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case."""
    if text.isascii():  # most are, and this takes less than half the time
        return text.translate(_PLAIN).split()
    return WORD.findall(text.lower())
