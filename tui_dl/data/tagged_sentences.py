"""Sentences with a tag for each word, and their words as token ids.

A word that is not in the vocabulary gets the id of its kind, which says what letters it is made of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from tui_dl.data.dataset import Samples
from tui_dl.data.readers.conll import Sentence
from tui_dl.data.readers.table import TextColumn
from tui_dl.data.source_rows import SourceRows

Ids = npt.NDArray[np.int32]

PADDING = 0
KINDS = ("<padding>", "<word>", "<Name>", "<CAPITALS>", "<number>", "<sign>")  # token ids from 0
LEAST = 2  # training sentences that a word of the vocabulary is in
COLUMN = "sentence"


def kind_of(word: str) -> int:
    """The token id of an unknown word: an index of `KINDS`."""
    if any(it.isdigit() for it in word):
        return KINDS.index("<number>")
    if not any(it.isalpha() for it in word):
        return KINDS.index("<sign>")
    if len(word) > 1 and word.isupper():
        return KINDS.index("<CAPITALS>")
    return KINDS.index("<Name>" if word[0].isupper() else "<word>")


def vocabulary(sentences: Iterable[Sentence], size: int) -> tuple[str, ...]:
    """What each token id stands for: kinds of unknown words, then the most frequent words.

    No number is among them, so that all numbers are alike.

    Args:
        sentences: of the training part.
        size: how many token ids there are at most.
    """
    counts = Counter(word for it in sentences for word in set(it.words))
    number = KINDS.index("<number>")
    known = [word for word in counts if counts[word] >= LEAST and kind_of(word) != number]
    ranked = sorted(known, key=lambda word: (-counts[word], word))
    return (*KINDS, *ranked[: size - len(KINDS)])


def token_ids(sentences: Sequence[Sequence[str]], names: Sequence[str], length: int) -> Ids:
    """(sentences, length) ids of the first words of each; `names` is a `vocabulary`."""
    place = {word: index for index, word in enumerate(names)}
    ids = np.full((len(sentences), length), PADDING, np.int32)
    for row, words in zip(ids, sentences, strict=True):
        found = [place.get(word) or kind_of(word) for word in words[:length]]
        row[: len(found)] = found
    return ids


def as_samples(
    sentences: Sequence[Sentence], names: Sequence[str], tags: Sequence[str], length: int
) -> Samples:
    """Sentences as samples; targets are indices of `tags`, and -1 after the end."""
    ids = token_ids([it.words for it in sentences], names, length)
    index = {tag: number for number, tag in enumerate(tags)}
    targets = np.full(ids.shape, -1, np.int32)
    for row, it in zip(targets, sentences, strict=True):
        known = [index[tag] for tag in it.tags[:length]]
        row[: len(known)] = known
    lengths = np.array([min(len(it.words), length) for it in sentences], np.int32)
    texts = [" ".join(it.words) for it in sentences]
    rows = SourceRows((TextColumn(COLUMN, np.zeros(len(texts), bool), texts),))
    return Samples(ids, targets, lengths, rows)
