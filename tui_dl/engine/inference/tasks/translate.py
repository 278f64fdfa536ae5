"""A sequence for each sample, written by a decoder."""

from __future__ import annotations

import numpy as np

from tui_dl import data
from tui_dl.data.characters import decode
from tui_dl.engine.inference.tasks.base import Asked, Options, TrainedNetwork, names_of, rounded
from tui_dl.protocol.answer import Answer
from tui_dl.spec.meters import meter_of

OPTIONS = ("temperature", "seed")
COMPOSED = 1.0  # the temperature of tunes where none is given


def answers(network: TrainedNetwork, asked: Asked, options: Options) -> list[Answer]:
    """What the decoder writes for each sample, with the probability of the whole sequence.

    It is that of softmax(logits), whatever the temperature is. A tune, for which no other would be
    wrong, is drawn, and has no probability.
    """
    source = network.experiment.data
    composed = COMPOSED if source.composes else 0.0
    temperature = composed if options.temperature is None else options.temperature
    tokens, log_p = network.sequences_of(asked.samples, temperature, options.seed or 0)
    rows = [[token for token in row if token >= 0] for row in tokens.tolist()]
    if source.writes:
        texts = decode(tokens, source.writes)
    else:
        names = names_of(network.experiment)
        texts = [
            data.in_writing(source, text, row) or " ".join(names[token] for token in row)
            for text, row in zip(asked.texts, rows, strict=True)
        ]
    if source.composes:
        return [
            Answer(text, notes=data.played(source, row), meter=meter_of(style).name)
            for style, text, row in zip(asked.texts, texts, rows, strict=True)
        ]
    return [
        Answer(text, probability=it) for text, it in zip(texts, rounded(np.exp(log_p)), strict=True)
    ]
