"""How a text goes on, token by token."""

from __future__ import annotations

from tui_dl.data.characters import decode
from tui_dl.engine.inference.tasks.base import Asked, Options, TrainedNetwork, names_of
from tui_dl.protocol.answer import Answer

OPTIONS = ("length", "temperature", "seed")
LENGTH, TEMPERATURE = 200, 0.6


def answers(network: TrainedNetwork, asked: Asked, options: Options) -> list[Answer]:
    """What the network writes after each text."""
    length, seed = options.length or LENGTH, options.seed or 0
    temperature = TEMPERATURE if options.temperature is None else options.temperature
    tokens = network.continuations_of(asked.samples, length, temperature, seed)
    if characters := network.experiment.data.writes:
        return [Answer(text) for text in decode(tokens, characters)]
    names = names_of(network.experiment)
    return [Answer(" ".join(names[token] for token in row)) for row in tokens.tolist()]
