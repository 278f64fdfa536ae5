"""Short runs, and what diagnosis says of them."""

from contextlib import suppress
from typing import Any, NamedTuple

import numpy as np

from tui_dl.engine.train.session import train
from tui_dl.process.read_experiment import read
from tui_dl.protocol.events import Diagnosed, Ended
from tui_dl.support.errors import UserError

RELU = "network[1].layers[1].kind=relu"
HE = "vanishing-gradient", RELU, "network[1].layers[0].initializer=he"
TANH = "first-network", "network[2].kind=tanh", "train.epochs=5"
RECALL = (  # a plain RNN that recalls a symbol over twelve steps
    "memory",
    "data.length=12",
    "data.shortest=none",
    "data.samples=4000",
    "data.batch_size=64",
    "network[1].kind=rnn",
    "network[1].units=64",
    'train.optimizer={kind="adam",learning_rate=0.001}',
    "train.clip=none",
    "train.epochs=25",
)
ONE_STEP = """
title = "softmax regression"
data = { source = "digits", batch_size = "all" }
network = [{ kind = "flatten" }, { kind = "dense", units = 10 }]
[train]
optimizer = { kind = "sgd", learning_rate = 0.5 }
epochs = 2000
"""


def sgd(rate: float) -> str:
    return f'train.optimizer={{kind="sgd",learning_rate={rate}}}'


def adam(rate: float) -> str:
    return f"train.optimizer.learning_rate={rate}"


class Run(NamedTuple):
    """What came of a run: what is said of it, and its loss with the final weights."""

    said: list[Diagnosed]
    train_loss: float
    validation_loss: float


def diagnoses(outputs: list[Any]) -> list[Diagnosed]:
    return [h for h in outputs if isinstance(h, Diagnosed)]


def outcome(name: str, *overrides: str, threads: int = 1) -> Run:
    """A run that diverges ends with a loss without bound."""
    said, losses = [], [np.inf, np.inf]
    with suppress(UserError):
        for output in train(read(name, list(overrides)), threads):
            said += diagnoses([output])
            if isinstance(output, Ended):
                ends = output.train_loss, output.validation_loss
                losses = [np.inf if loss is None else loss for loss in ends]
    return Run(said, *losses)


def run(name: str, *overrides: str) -> list[Diagnosed]:
    """The diagnoses of a run, even if it diverges."""
    return outcome(name, *overrides).said
