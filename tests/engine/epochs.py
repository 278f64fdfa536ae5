"""Fabricated epochs, and what the diagnosis rules say of them."""

from typing import Any

import msgspec

from tui_dl import data
from tui_dl.engine.diagnosis.examine import examine
from tui_dl.engine.diagnosis.finding import Subject
from tui_dl.engine.diagnosis.observations import Memory, Stretch
from tui_dl.spec.toml.reading import read

FIRST = 2.3  # loss of an untrained network
DIGITS = data.load(read("first-network").data, 0).train


def subject(name: str, *overrides: str) -> Subject:
    experiment = read(name, list(overrides))
    return Subject(experiment, DIGITS, experiment.train.change)


DEEP = subject("vanishing-gradient")
SHALLOW = subject("first-network")


def epoch(number: int, loss: float = 1.0, **changes: Any) -> Stretch:
    facts: dict[str, Any] = {
        "epoch": number,
        "step": 40 * number,
        "train_loss": loss,
        "validation_loss": loss,
        "learning_rate": 0.1,
        "gradient_norm": 1.0,
        "largest_norm": 3.0,
        "gradient": [0.5] * 12,
        "update": [2e-3] * 12,
    }
    return Stretch(**facts | changes)


def remember(epochs: list[Stretch], **changes: Any) -> Memory:
    memory = Memory(first_loss=FIRST)
    for it in epochs:
        memory.stretches = [*memory.stretches, it][-20:]
        memory.curve.add(it.train_loss)
        memory._keep_best()
    return msgspec.structs.replace(memory, **changes)


def kinds(memory: Memory, of: Subject) -> list[str]:
    return [found.kind for found in examine(memory, of, 100)]
