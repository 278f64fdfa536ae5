"""A few test samples, with what the network answers and how surely."""

from __future__ import annotations

from tui_dl.engine.observers import shown
from tui_dl.engine.observers.answers import answers
from tui_dl.engine.observers.base import Context, Observer, Seen, learns_from_samples
from tui_dl.spec.experiment import Experiment


class Samples(Observer):
    """The samples as `shown.inputs` has them, and the answers as `shown.given` has them.

    The samples are the same in every epoch. Of an autoencoder, whose targets are its inputs, the
    outputs are shown like the inputs.
    """

    def wants(self, experiment: Experiment) -> bool:
        return learns_from_samples(experiment)

    def observe(self, context: Context) -> Seen | None:
        experiment, outputs = context.experiment, context.outputs
        spec = experiment.data_spec.input
        arrays = shown.inputs(context.test.inputs, spec)
        count = len(next(iter(arrays.values())))
        if experiment.train.target == "input":
            return Seen(arrays | shown.inputs(outputs, spec, "output"), shown.labels(experiment))
        found = answers(experiment, outputs[:count], context.test.targets[:count])
        return Seen(arrays | shown.given(found, count), shown.labels(experiment))
