"""Generated film reviews as tokens; some opinions in them are negated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import Formatter

import numpy as np

from tui_dl.data.dataset import Samples
from tui_dl.data.readers.table import TextColumn
from tui_dl.data.source_rows import SourceRows
from tui_dl.data.transforms.tokens import Tokens, lengths_of, tokens_of, unknown_words
from tui_dl.spec.data.review_grammar import (
    BAD,
    GAPS,
    GOOD,
    JOINTS,
    NEGATED,
    NEUTRAL,
    PLAIN,
    VOCABULARY,
)
from tui_dl.spec.data.reviews import Reviews
from tui_dl.spec.data_spec import DataSpec
from tui_dl.support.formatting import quoted
from tui_dl.support.rng import stream

COLUMN = "review"
OPINIONS = 2  # sentences with one, at most
CHATTY = 0.5  # the share of reviews that have a neutral sentence


def load(source: Reviews, seed: int) -> Samples:
    """As many positive reviews as negative ones, about; all opinions of one review agree.

    All reviews are different, so that none of those for the test was seen in training.
    """
    random = stream(seed, "reviews")
    labels = random.integers(2, size=source.samples, dtype=np.int32)
    texts: dict[str, None] = {}
    for label in labels.tolist():
        count = len(texts)
        while len(texts) == count:
            texts[written(bool(label), source.negated, random)] = None
    return _samples(list(texts), labels)


def written(positive: bool, negated: float, random: np.random.Generator) -> str:
    """One review; each of its opinions is negated with this probability."""

    def chosen(options: Sequence[str]) -> str:
        return options[int(random.integers(len(options)))]

    sentences = []
    for _ in range(int(random.integers(OPINIONS)) + 1):
        is_negated = random.random() < negated
        how = chosen(GOOD if positive is not is_negated else BAD)
        template = chosen(NEGATED if is_negated else PLAIN)
        pieces = []
        for before, gap, _, _ in Formatter().parse(template):
            filling = how if gap == "how" else chosen(GAPS[gap]) if gap else ""
            pieces += [before, filling]
        sentences.append("".join(pieces))
    if random.random() < CHATTY:
        sentences.insert(int(random.integers(len(sentences) + 1)), chosen(NEUTRAL))
    review = sentences[0]
    for sentence in sentences[1:]:
        review += chosen(JOINTS) + sentence
    return review


def encode(source: Reviews, spec: DataSpec, seed: int, texts: Sequence[str]) -> Samples:
    """Reviews that a user typed, as samples without targets.

    Raises:
        ValueError: one is empty or too long, or has no word that reviews are made of.
    """
    for text in texts:
        words = tokens_of(text)
        if not words:
            problem = "has no words"
        elif len(words) > source.LENGTH:
            problem = f"has {len(words):,} words and signs"
        elif not set(words) & {it for it in VOCABULARY if it.isalpha()}:
            problem = "has no word that the network knows"
        else:
            continue
        raise ValueError(f"{quoted(text)}: {problem}: wanted: {wanted(source, spec)}")
    return _samples(list(texts), np.zeros(len(texts), np.int32))


def remarks(source: Reviews, spec: DataSpec, seed: int, sample: str) -> Iterator[str]:
    """The words that the network does not know."""
    yield from unknown_words(tokens_of(sample), VOCABULARY)


def wanted(source: Reviews, spec: DataSpec) -> str:
    """What a line has to be, in words."""
    return f"a film review in English of at most {source.LENGTH} words and signs"


def _samples(texts: list[str], labels: np.ndarray) -> Samples:
    column = TextColumn(COLUMN, np.zeros(len(texts), bool), texts)
    ids = Tokens(COLUMN, VOCABULARY, Reviews.LENGTH).ids(column)
    return Samples(ids, labels, lengths_of(ids), SourceRows((column,)))
