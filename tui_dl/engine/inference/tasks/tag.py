"""A class for each place of a sequence, and the spans that BIO tags make of them."""

from __future__ import annotations

from collections.abc import Sequence

from tui_dl import data
from tui_dl.engine.inference.probabilities import probabilities
from tui_dl.engine.inference.tasks.base import Asked, Options, TrainedNetwork, names_of, rounded
from tui_dl.engine.metrics.entity_f1 import entities
from tui_dl.protocol.answer import Answer, Span

OPTIONS = ()


def answers(network: TrainedNetwork, asked: Asked, options: Options) -> list[Answer]:
    """The tags of each sample, one a place, and what was found in it."""
    experiment, samples = network.experiment, asked.samples
    outputs = network.outputs_of(samples)
    count, places, classes = outputs.shape
    shares = probabilities(experiment, outputs.reshape(-1, classes)).reshape(count, places, -1)
    tags, names = shares.argmax(axis=2).tolist(), names_of(experiment)
    highest = rounded(shares.max(axis=2))
    lengths = [places] * count if samples.lengths is None else samples.lengths.tolist()
    return [
        _answer(
            [names[tag] for tag in tags[row][:length]],
            highest[row],
            data.pieces_of(experiment.data, text),
            between="" if experiment.data.reads else " ",
        )
        for row, (text, length) in enumerate(zip(asked.texts, lengths, strict=True))
    ]


def _answer(
    tags: Sequence[str], probability: Sequence[float], pieces: Sequence[str], between: str
) -> Answer:
    """The answer of one sample.

    Args:
        tags: one a place.
        probability: of each of them.
        pieces: what stands at each place.
        between: what stands between two pieces.
    """
    spans = tuple(
        Span(kind, start, end, between.join(pieces[start:end]), min(probability[start:end]))
        for start, end, kind in sorted(entities(tags))
    )
    return Answer(" ".join(tags), spans=spans)
