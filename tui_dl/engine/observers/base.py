"""The base of all observers, and what they look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from tui_dl.data import Dataset, Samples
from tui_dl.engine.graph.network import Network
from tui_dl.engine.graph.parameters import Parameters
from tui_dl.engine.metrics.episode_history import Group
from tui_dl.engine.observers.answers import Answers
from tui_dl.engine.observers.moments import Moment, is_due
from tui_dl.kernels.losses.base import out_of_lanes
from tui_dl.protocol.artifact import Labels
from tui_dl.protocol.events import Activation, Split
from tui_dl.spec.experiment import Experiment

Arrays = dict[str, npt.NDArray[Any]]


class Seen(NamedTuple):
    """What an observer has seen: arrays and texts by name."""

    arrays: Arrays
    labels: Labels = {}  # noqa: RUF012 - never changed


class Past(NamedTuple):
    """What is known of the epochs so far.

    Attributes:
        path: of a network of two weights: those at the start and after each epoch.
        averages: where weights are averaged: norms after each epoch, of the weights, of their
            average, and of the average without its bias correction.
        episodes: of an environment: groups of training steps, with the returns of their episodes.
    """

    path: Sequence[tuple[float, float]] = ()
    averages: Sequence[tuple[float, float, float]] = ()
    episodes: Sequence[Group] = ()


class Played(Protocol):
    """Episodes that ran side by side, as `engine.train.reinforce` has them."""

    @property
    def states(self) -> npt.NDArray[Any]:
        """(steps, episodes, numbers) the network's input."""

    @property
    def under_way(self) -> npt.NDArray[np.bool_]:
        """(steps, episodes) False after the end of an episode."""

    @property
    def ends(self) -> npt.NDArray[Any]:
        """(episodes, numbers) the state after the last action of each."""

    @property
    def returns(self) -> npt.NDArray[Any]:
        """(episodes,) the sum of each episode's rewards."""


class Evaluator(Protocol):
    """Runs a network on samples, in evaluation mode."""

    network: Network

    def outputs(self, samples: Samples) -> tuple[object, npt.NDArray[Any], npt.NDArray[Any]]:
        """A result, all outputs (samples, ...) and all targets (samples, ...)."""

    def evaluate(
        self, samples: Samples, look: Callable[[Any, Any, npt.NDArray[np.int64]], None] | None
    ) -> object:
        """A result; `look` is given outputs, targets and indices of each pass."""

    @property
    def evaluated(self) -> Played | None:
        """Of an environment: the episodes of the last evaluation."""


@dataclass(frozen=True)
class Context:
    """The network at the end of an epoch, or with its final weights; they were evaluated.

    Attributes:
        evaluator: runs the network on samples.
        parameters: the weights, and their gradients of the last mini-batch of an epoch.
        answers: what the network answers to all samples of `answered`; None where it was not asked.
        answered: the validation samples, or the test samples where the weights are final.
        split: which of them they are.
        activations: statistics of activation layers over a few validation samples.
        test: a few test samples, the same in every epoch; episodes of an environment.
        test_indices: which of the test samples they are.
        moment: the end of this epoch, or of the run.
        past: what is known of the epochs so far.
    """

    experiment: Experiment
    dataset: Dataset
    evaluator: Evaluator
    parameters: Parameters
    answers: Answers | None
    answered: Samples = field(repr=False)
    split: Split
    activations: dict[str, Activation]
    test: Samples = field(repr=False)
    test_indices: npt.NDArray[np.intp] = field(repr=False)
    moment: Moment
    past: Past = Past()  # noqa: RUF009 - never changed

    @property
    def is_final(self) -> bool:
        """Whether the weights are final; then gradients are of no mini-batch that is known."""
        return self.split == "test"

    @property
    def network(self) -> Network:
        """The layers, whose arrays hold what they computed last."""
        return self.evaluator.network

    @cached_property
    def outputs(self) -> npt.NDArray[Any]:
        """(samples, ...) the network's outputs for `test`; the layers then hold this pass."""
        return self.evaluator.outputs(self.test)[1]

    def layer_output(self, index: int, samples: int) -> npt.NDArray[Any]:
        """(samples, shape of an output) of layer `index` for the first few samples of `test`."""
        count = min(samples, len(self.outputs))
        return np.asarray(out_of_lanes(self.network.layers[index].y, count))

    def of_layer(self, samples: Samples, index: int) -> npt.NDArray[Any]:
        """(samples, shape of an output) of layer `index` for other samples than `test`.

        After it the layers hold the pass of `test`, as observers that follow expect.
        """
        layer, parts = self.network.layers[index], []

        def keep(_outputs: Any, _targets: Any, chosen: npt.NDArray[np.int64]) -> None:
            parts.append(out_of_lanes(layer.y, len(chosen)))

        self.evaluator.evaluate(samples, keep)
        self.restore()
        return np.concatenate(parts)

    def outputs_of(self, samples: Samples) -> npt.NDArray[Any]:
        """(samples, ...) the network's outputs for other samples than `test`; as `of_layer`."""
        outputs = self.evaluator.outputs(samples)[1]
        self.restore()
        return outputs

    def restore(self) -> None:
        """Let the layers hold the pass of `test`, after the network ran on something else."""
        self.evaluator.outputs(self.test)

    def layer_numbers(self, index: int) -> npt.NDArray[Any]:
        """All outputs of layer `index` for `test`, in any order; a view where that is possible."""
        count, lanes = len(self.outputs), self.network.inputs.shape[-1]
        if count % lanes:
            return self.layer_output(index, count)
        return np.asarray(self.network.layers[index].y[: count // lanes])


class Observer:
    """Looks at the network at the end of some epochs, and changes nothing of it.

    What `observe` returns is a function of the experiment and of the position of training, and has
    at most `LARGEST` bytes as a file.

    Attributes:
        is_timing: whether it measures time, so that two runs do not give the same numbers.
        needs_answers: whether it looks at the answers to all samples of a split.
    """

    is_timing: ClassVar[bool] = False
    needs_answers: ClassVar[bool] = False

    def wants(self, experiment: Experiment) -> bool:
        """Whether there is something to see in runs of this experiment."""
        raise NotImplementedError

    def due(self, moment: Moment) -> bool:
        """Whether the end of this epoch is observed; a function of the moment alone."""
        return is_due(moment)

    def observe(self, context: Context) -> Seen | None:
        """What there is to see now; None where there is nothing."""
        raise NotImplementedError


def learns_from_samples(experiment: Experiment) -> bool:
    """Whether there are samples with targets, not an environment."""
    return not experiment.data.gives_rewards
