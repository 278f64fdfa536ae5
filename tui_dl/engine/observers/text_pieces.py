"""The words or characters of a few test texts that get one class each."""

from __future__ import annotations

from tui_dl.data.transforms.tokens import tokens_of
from tui_dl.engine.observers import shown
from tui_dl.engine.observers.base import Context, learns_from_samples
from tui_dl.spec.experiment import Experiment

TEXTS = 12
MOST = 32  # words or characters of a text


def has_classes_of_texts(experiment: Experiment) -> bool:
    """Whether a sample is a sequence of tokens, and its target one class."""
    is_text = experiment.data_spec.input.vocab_size and not experiment.data_spec.input.shape[1:]
    one_class = experiment.target.vocab_size and experiment.target.shape == ()
    return bool(is_text and one_class) and learns_from_samples(experiment)


def most_places(context: Context) -> int:
    """How many words or characters of a text are shown, at most."""
    return min(MOST, int(context.test.inputs.shape[1]))


def pieces_of_texts(context: Context) -> list[list[str]] | None:
    """The words of the first test texts, or their characters; None where tokens have no names.

    There are at most `TEXTS` texts, and each has at most `most_places` pieces, at least one.
    """
    lengths, most = context.test.lengths, most_places(context)
    if lengths is None:
        return None
    if (texts := shown.texts_of(context.test, TEXTS)) is not None:
        return [tokens_of(text)[:most] or [text] for text in texts]
    if not (names := context.experiment.data_spec.token_names):
        return None
    rows = zip(context.test.inputs[:TEXTS].tolist(), lengths.tolist(), strict=False)
    return [[names[token] for token in row[: min(length, most)]] for row, length in rows]


def filled(pieces: list[list[str]], most: int) -> list[str]:
    """The pieces of all texts in a row, `most` of each: empty ones follow the end of a text."""
    return [piece for it in pieces for piece in [*it, *[""] * (most - len(it))]]
