"""A few test samples, with what the network answers and how surely."""

from __future__ import annotations

from tui_dl.engine.observers import shown
from tui_dl.engine.observers.answers import answers
from tui_dl.engine.observers.base import Context, Observer, Seen, learns_from_samples
from tui_dl.spec.experiment import Experiment


class Samples(Observer):
    """The samples as `shown.samples` has them, and the answers as `shown.given` has them.

    The samples are the same in every epoch; ``index`` are their numbers.
    """

    def wants(self, experiment: Experiment) -> bool:
        return learns_from_samples(experiment) and experiment.train.target == "data"

    def observe(self, context: Context) -> Seen | None:
        experiment, outputs = context.experiment, context.outputs
        samples = shown.samples(context, context.test)
        found = answers(
            experiment, outputs[: samples.number], context.test.targets[: samples.number]
        )
        index = {"index": context.test_indices[: samples.number]}
        given = shown.given(context, found, samples.number)
        return Seen(samples.arrays | given | index, samples.labels)
