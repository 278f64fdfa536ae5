"""Generated text messages, ham and spam, as tokens; and what hand-written rules say of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from string import Formatter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tui_dl.data.dataset import Dataset, Samples
from tui_dl.data.message_grammar import (
    ACTIONS,
    DISGUISE,
    ENDINGS,
    GAPS,
    HAM,
    OPENINGS,
    SHARED,
    SPAM,
)
from tui_dl.data.message_rules import is_spam
from tui_dl.data.readers.table import TextColumn
from tui_dl.data.source_rows import SourceRows
from tui_dl.data.split import Split, stratified
from tui_dl.data.transforms.tokens import FIRST, Tokens, lengths_of, tokens_of, unknown_words
from tui_dl.data.typed import without_targets
from tui_dl.spec.data.messages import Messages
from tui_dl.spec.data_spec import DataSpec
from tui_dl.support.formatting import quoted
from tui_dl.support.rng import stream

COLUMN = "message"
PASSING = 0.1  # the share of messages that ham and spam have alike
ASKING = 0.8  # the share of spam that asks for something
TELLING = re.compile(r"\*(\w+)\*")  # a word that may be disguised


def load(source: Messages, seed: int) -> Dataset:
    """Messages in random order, split by class; the vocabulary is that of the training part."""
    made = _generate(source, seed)
    ids = made.tokens.ids(made.column)
    samples = Samples(ids, made.labels, lengths_of(ids), SourceRows((made.column,)))
    return Dataset(*(samples.take(part) for part in made.parts))


class _Generated(NamedTuple):
    """All messages.

    Attributes:
        column: their texts.
        labels: (samples,) their classes.
        parts: which are to train on, to validate with and to test with.
        tokens: the token ids of the words of the first part.
    """

    column: TextColumn
    labels: npt.NDArray[np.int32]
    parts: Split
    tokens: Tokens


def _generate(source: Messages, seed: int) -> _Generated:
    random = stream(seed, "messages")
    labels = (random.random(source.samples) < source.spam).astype(np.int32)
    labels[:2] = 0, 1  # both classes are there, however rare one is
    texts = [written(bool(it), source.disguised, random) for it in labels.tolist()]
    parts = stratified(labels, source.validation, source.test, seed)
    column = _column(texts)
    words = Tokens.fit(column, parts[0]).words[: source.vocab_size - FIRST]
    return _Generated(column, labels, parts, Tokens(COLUMN, words, source.LENGTH))


def _column(texts: Sequence[str]) -> TextColumn:
    return TextColumn(COLUMN, np.zeros(len(texts), bool), list(texts))


@cache
def _tokens(source: Messages, seed: int) -> Tokens:
    """The token ids of the words of the training part, which is generated anew."""
    return _generate(source, seed).tokens


def wanted(source: Messages, spec: DataSpec) -> str:
    """What a line has to be, in words."""
    return f"a message in English of at most {source.LENGTH} words and signs"


def encode(source: Messages, spec: DataSpec, seed: int, texts: Sequence[str]) -> Samples:
    """Messages that a user typed, as samples without targets.

    Raises:
        ValueError: one is empty or too long, or none of its words was in training.
    """
    tokens, known = _tokens(source, seed), set(_tokens(source, seed).words)
    for text in texts:
        words = tokens_of(text)
        if not words:
            what = "has no words"
        elif len(words) > source.LENGTH:
            what = f"{len(words):,} words and signs are too many"
        elif not known & {word for word in words if word.isalnum()}:
            what = "the network knows none of its words"
        else:
            continue
        raise ValueError(f"{quoted(text)}: {what}: wanted: {wanted(source, spec)}")
    ids = tokens.ids(_column(texts))
    return without_targets(spec, ids, lengths_of(ids))


def remarks(source: Messages, spec: DataSpec, seed: int, sample: str) -> Iterator[str]:
    """The words that the network does not know."""
    yield from unknown_words(tokens_of(sample), _tokens(source, seed).words)


def written(spam: bool, disguised: float, random: np.random.Generator) -> str:
    """One message; telling words of spam are disguised with this probability."""

    def chosen(options: Sequence[str]) -> str:
        return options[int(random.integers(len(options)))]

    passes = random.random() < PASSING
    body = [chosen(SHARED if passes else SPAM if spam else HAM)]
    if spam and random.random() < ASKING:
        body.append(chosen(ACTIONS))
    template = " ".join(filter(None, [chosen(OPENINGS), ", ".join(body), chosen(ENDINGS)]))
    pieces = []
    for before, gap, _, _ in Formatter().parse(template):
        pieces += [before, chosen(GAPS[gap]) if gap else ""]
    return TELLING.sub(
        lambda it: it[1].translate(DISGUISE) if random.random() < disguised else it[1],
        "".join(pieces),
    )


def rules(samples: Samples) -> npt.NDArray[np.int32]:
    """(samples,) the class of each message by the hand-written rules, 1 being spam."""
    assert samples.source is not None
    (column,) = samples.source.columns
    assert isinstance(column, TextColumn)
    return np.array(is_spam(column.values), np.int32)
