"""Free text as a sequence of tokens: words, and signs that are no letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from tui_dl.data.readers.table import Column, Kind, TextColumn
from tui_dl.data.transforms.base import NO_WORDS, Features, Rows, Scale, Transform
from tui_dl.support.formatting import counted, quoted

PADDING, UNKNOWN, FIRST = 0, 1, 2  # token ids: after a text's end, of a rare word, of words
MOST_WORDS = 20_000
LEAST_ROWS = 2  # of training that a word has to be in
MOST_NAMED = 3  # words in a sentence
LONGEST = 256  # tokens of a text that are read, at most,
COVERED = 0.98  # and the share of training texts that are read to their end
# Scripts that write no blanks between words are read character by character.
# Compiled when the first text is read, since that takes longer than to read a small table.
TOKEN = r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|[^\W\u0e00-\u0e7f\u3040-\u9fff]+|[^\w\s]"


class Tokens(Transform, frozen=True, tag="tokens"):
    """A token id for each word of a text, in order; words that are rare in training share one.

    It is for a text that is the only column to predict from, and makes the network's whole input.

    Attributes:
        words: in lower case, those that the most training rows have; the first has the id `FIRST`.
        length: how many tokens of a text are read.
    """

    column_kind: ClassVar[Kind] = "text"

    words: tuple[str, ...]
    length: int

    @classmethod
    def suits(cls, column: Column, train: Rows) -> bool:
        return False

    @classmethod
    def fit(cls, column: Column, train: Rows) -> Tokens:
        assert isinstance(column, TextColumn)
        counts: Counter[str] = Counter()
        lengths = []
        for row in train.tolist():
            tokens = tokens_of(column.values[row])
            counts.update(set(tokens))
            lengths.append(len(tokens))
        ranked = sorted(counts, key=lambda word: (-counts[word], word))[:MOST_WORDS]
        words = tuple(word for word in ranked if counts[word] >= LEAST_ROWS)
        covered = int(np.quantile(lengths, COVERED, method="higher"))
        return cls(column.name, words, max(1, min(covered, LONGEST)))

    @property
    def scales(self) -> list[Scale]:
        return [None] * self.length

    def remarks(self, column: Column, features: Features) -> Iterator[tuple[int, str]]:
        assert isinstance(column, TextColumn)
        for row in np.flatnonzero(features[:, -1] != PADDING).tolist():
            if (count := len(tokens_of(column.values[row]))) > self.length:
                yield row, f"the first {self.length} of {count:,} words and signs are read"
        for row in np.flatnonzero((features < FIRST).all(axis=1)).tolist():
            yield row, NO_WORDS

    @property
    def vocab_size(self) -> int:
        """How many token ids there are."""
        return FIRST + len(self.words)

    def apply(self, column: Column) -> Features:
        return self.ids(column).astype(np.float64)

    def ids(self, column: Column) -> npt.NDArray[np.int32]:
        """(rows, length) token ids; a text without tokens is one that is unknown."""
        assert isinstance(column, TextColumn)
        place = {word: index for index, word in enumerate(self.words, FIRST)}
        ids = np.full((len(column.values), self.length), PADDING, np.int32)
        for row, text in zip(ids, column.values, strict=True):
            tokens = [place.get(it, UNKNOWN) for it in tokens_of(text)[: self.length]]
            row[: max(len(tokens), 1)] = tokens or UNKNOWN
        return ids


def unknown_words(tokens: Iterable[str], known: Collection[str]) -> Iterator[str]:
    """A sentence that names the words of a text that are not `known`; none where all are."""
    words = [it for it in dict.fromkeys(tokens) if it.isalnum() and it not in known]
    if words:
        named = ", ".join(map(quoted, words[:MOST_NAMED])) + ", ..." * (len(words) > MOST_NAMED)
        yield f"{counted(len(words), 'word')} that training did not have: {named}"


def lengths_of(ids: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """(rows,) tokens of each text without padding."""
    lengths: npt.NDArray[np.int32] = (ids != PADDING).sum(axis=1, dtype=np.int32)
    return lengths


def tokens_of(text: str) -> list[str]:
    """The tokens of a text, in lower case."""
    return re.findall(TOKEN, text.lower())
