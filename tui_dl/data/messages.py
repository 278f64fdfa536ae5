"""Generated text messages, ham and spam, as tokens; and what hand-written rules say of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import Formatter

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
from tui_dl.data.split import stratified
from tui_dl.data.transforms.tokens import FIRST, Tokens, lengths_of
from tui_dl.spec.data.messages import Messages
from tui_dl.support.rng import stream

COLUMN = "message"
PASSING = 0.1  # the share of messages that ham and spam have alike
ASKING = 0.8  # the share of spam that asks for something
TELLING = re.compile(r"\*(\w+)\*")  # a word that may be disguised


def load(source: Messages, seed: int) -> Dataset:
    """Messages in random order, split by class; the vocabulary is that of the training part."""
    random = stream(seed, "messages")
    labels = (random.random(source.samples) < source.spam).astype(np.int32)
    labels[:2] = 0, 1  # both classes are there, however rare one is
    texts = [written(bool(it), source.disguised, random) for it in labels.tolist()]
    parts = stratified(labels, source.validation, source.test, seed)
    column = TextColumn(COLUMN, np.zeros(len(texts), bool), texts)
    found = Tokens.fit(column, parts[0])
    words = found.words[: source.vocab_size - FIRST]
    ids = Tokens(COLUMN, words, source.LENGTH).ids(column)
    samples = Samples(ids, labels, lengths_of(ids), SourceRows((column,)))
    return Dataset(*(samples.take(part) for part in parts))


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
