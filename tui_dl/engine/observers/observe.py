"""Runs the observers of an experiment at the end of an epoch and of the run, and makes artifacts.

Observers look after the evaluation, with the weights that were evaluated. They change no number
that training depends on: passes through the network in evaluation mode overwrite only what the next
step computes anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

import numpy.typing as npt
from msgspec.structs import replace

from tui_dl.data import Dataset, Samples
from tui_dl.engine.graph.parameters import Parameters
from tui_dl.engine.observers.answers import Answers
from tui_dl.engine.observers.base import Context, Evaluator, Observer, Past, Seen
from tui_dl.engine.observers.moments import LARGEST, Moment, superseded
from tui_dl.engine.observers.registry import observers
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.events import Activation
from tui_dl.protocol.tensor_file import Tensor
from tui_dl.spec.experiment import Experiment
from tui_dl.support.rng import stream

TEST_SAMPLES = 32  # that observers look at, two blocks

Statistics = dict[str, Activation]


class Observers:
    """The observers that have something to see in runs of an experiment."""

    def __init__(
        self,
        experiment: Experiment,
        dataset: Dataset,
        evaluator: Evaluator,
        parameters: Parameters,
        steps: Sequence[int],
    ) -> None:
        """`steps` has the number of steps of each epoch."""
        self._experiment, self._dataset = experiment, dataset
        self._evaluator, self._parameters, self._steps = evaluator, parameters, steps
        found = {kind: observer() for kind, observer in observers().items()}
        self.observers = {kind: it for kind, it in found.items() if it.wants(experiment)}
        # The split is in the order of the source, which may be that of classes.
        order = stream(experiment.train.seed, "observed").permutation(len(dataset.test))
        self._tested = order[:TEST_SAMPLES]
        self._test = dataset.test.take(self._tested)

    def due(self, moment: Moment) -> dict[str, Observer]:
        """The observers that look at the end of this epoch, by kind, in the order in which they do.

        Those that measure time come last: they leave other numbers in the layers.
        """
        due = {kind: it for kind, it in self.observers.items() if it.due(moment)}
        return dict(sorted(due.items(), key=lambda it: it[1].is_timing))

    def answers(self, moment: Moment) -> Answers | None:
        """What collects the answers to validation samples, where an observer looks at them."""
        return self._answers(self.due(moment))

    def final_answers(self) -> Answers | None:
        """What collects the answers of the final weights to test samples."""
        return self._answers(self._of_final_weights)

    def observe(
        self,
        moment: Moment,
        answers: Answers | None,
        answered: Samples,
        activations: Statistics,
        past: Past,
    ) -> Iterator[Artifact]:
        """Yield an artifact of each observer that is due and sees something.

        Args:
            moment: the end of this epoch.
            answers: to all of `answered`; None where they were not collected.
            answered: the validation samples that were evaluated.
            activations: statistics of activation layers over a few validation samples.
            past: what is known of the epochs so far.
        """
        context = Context(
            self._experiment, self._dataset, self._evaluator, self._parameters, answers,
            answered, "validation", activations, self._test, self._tested, moment,
            past,
        )  # fmt: skip
        yield from self._look(self.due(moment), context)

    def observe_final(
        self,
        epoch: int,
        step: int,
        answers: Answers | None,
        activations: Statistics,
        past: Past,
    ) -> Iterator[Artifact]:
        """Yield an artifact of the final weights of each observer that sees something.

        Args:
            epoch: the one that the weights are of.
            step: the last one of the run.
            answers: to all test samples; None where they were not collected.
            activations: statistics of activation layers over a few validation samples.
            past: as for `observe`.
        """
        context = Context(
            self._experiment, self._dataset, self._evaluator, self._parameters, answers,
            self._dataset.test, "test", activations, self._test, self._tested,
            Moment(epoch, step, True), past,
        )  # fmt: skip
        for artifact in self._look(self._of_final_weights, context):
            yield replace(artifact, is_final=True, replaces=())

    @property
    def _of_final_weights(self) -> dict[str, Observer]:
        """Those that look at the final weights; the time of a step is no other with them."""
        return {kind: it for kind, it in self.observers.items() if not it.is_timing}

    def _answers(self, looking: dict[str, Observer]) -> Answers | None:
        needed = any(it.needs_answers for it in looking.values())
        return Answers(self._experiment) if needed else None

    def _look(self, looking: dict[str, Observer], context: Context) -> Iterator[Artifact]:
        """What these observers see, in their order."""
        for kind, observer in looking.items():
            seen = observer.observe(context)
            if seen is not None and _size(seen) <= LARGEST:
                yield self._artifact(kind, seen, context.moment)

    def _artifact(self, kind: str, seen: Seen, moment: Moment) -> Artifact:
        removed = superseded(moment.epoch)
        replaces: tuple[int, ...] = ()
        if removed:
            steps = list(accumulate(self._steps[: moment.epoch]))
            replaces = tuple(steps[epoch - 1] for epoch in removed)
        arrays = {name: tensor(array) for name, array in seen.arrays.items()}
        return Artifact(kind, moment.epoch, moment.step, arrays, seen.labels, replaces)


def tensor(array: npt.NDArray[Any]) -> Tensor:
    """An array as a tensor of a file."""
    dtype = f"{array.dtype.kind.upper()}{8 * array.itemsize}"
    return Tensor(dtype, array.shape, array.tobytes())


def _size(seen: Seen) -> int:
    """Bytes of its arrays and texts, about as many as its file has."""
    texts = (len(text.encode()) for each in seen.labels.values() for text in each)
    return sum(array.nbytes for array in seen.arrays.values()) + sum(texts)
