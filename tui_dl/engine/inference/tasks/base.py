"""What all tasks share: what they are given, and what they ask of a trained network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.protocol.answer import Answer
from tui_dl.spec.experiment import Experiment
from tui_dl.support.api_validation import MOST_SEED, positive, whole

DIGITS = 6  # after the point, of a probability
MOST_LENGTH = 10_000

Array = npt.NDArray[Any]


class Asked(NamedTuple):
    """Samples to answer, and what each of them was typed as; or the name of its file."""

    samples: Samples
    texts: Sequence[str]
    remarks: Sequence[tuple[str, ...]] = ()  # what was done to each, as in `Answer`


class Options(NamedTuple):
    """How sequences are generated.

    Attributes:
        length: of what is generated, in characters or notes.
        temperature: tokens are drawn from softmax(logits / temperature); at 0 the likeliest.
        seed: seed of the draws.
    """

    length: int | None = None
    temperature: float | None = None
    seed: int | None = None


class TrainedNetwork(Protocol):
    """A trained network, as tasks use it."""

    experiment: Experiment

    def __hash__(self) -> int: ...

    def outputs_of(self, samples: Samples) -> Array:
        """(samples, ...) the last layer's outputs."""

    def sequences_of(
        self, samples: Samples, temperature: float = 0.0, seed: int = 0
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float64]]:
        """(samples, times) token ids by the decoder, and (samples,) their log-probabilities."""

    def continuations_of(
        self, samples: Samples, length: int, temperature: float, seed: int
    ) -> npt.NDArray[np.int32]:
        """(samples, length) token ids that follow the beginnings `samples`."""


class Task(Protocol):
    """The module of a task.

    Attributes:
        OPTIONS: the fields of `Options` that change its answers.
    """

    OPTIONS: tuple[str, ...]

    def answers(self, network: TrainedNetwork, asked: Asked, options: Options) -> list[Answer]:
        """What the network says of each sample."""


def checked(options: Options) -> Options:
    """The options, each in its range.

    Raises:
        TypeError: one is no number.
        ValueError: one is out of range.
    """
    length, temperature, seed = options
    return Options(
        None if length is None else whole("length", length, 1, MOST_LENGTH),
        None if temperature is None else positive("temperature", temperature),
        None if seed is None else whole("seed", seed, 0, MOST_SEED),
    )


def names_of(experiment: Experiment) -> list[str]:
    """The names of the target's classes; their numbers where they have none."""
    names = experiment.data_spec.class_names
    return list(names) or [str(it) for it in range(experiment.target.vocab_size)]


def of_classes(names: Sequence[str], shares: Sequence[float], predicted: int) -> Answer:
    """The answer that one of the classes `names` was predicted, of `shares` of probability."""
    return Answer(names[predicted], probabilities=dict(zip(names, shares, strict=True)))


def rounded(probability: Any) -> Any:
    """Probabilities with as many digits as answers have."""
    return np.asarray(probability, np.float64).round(DIGITS).tolist()


def number(value: float) -> float:
    """A number with the seven digits that a network computes with."""
    return float(f"{value:.7g}")
