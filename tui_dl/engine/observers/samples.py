"""A few test samples, with what the network answers and how surely."""

from __future__ import annotations

import numpy as np

from tui_dl.engine.observers import shown
from tui_dl.engine.observers.answers import answers
from tui_dl.engine.observers.base import Context, Observer, Seen, learns_from_samples
from tui_dl.spec.experiment import Experiment

MAPPED, MAPS = 3, 3  # samples whose targets are images, and images of each


class Samples(Observer):
    """The samples as `shown.samples` has them, and the answers as `shown.given` has them.

    The samples are the same in every epoch; ``index`` are their numbers. Of targets that are images
    there are ``target.maps`` and ``output.maps`` (samples, maps, rows, columns) in place of
    answers; the label ``maps`` has their names.
    """

    def wants(self, experiment: Experiment) -> bool:
        return learns_from_samples(experiment) and experiment.train.target == "data"

    def observe(self, context: Context) -> Seen | None:
        experiment, outputs = context.experiment, context.outputs
        if shown.is_image(experiment.target):
            return _maps(context)
        samples = shown.samples(context, context.test)
        found = answers(
            experiment, outputs[: samples.number], context.test.targets[: samples.number]
        )
        index = {"index": context.test_indices[: samples.number]}
        given = shown.given(context, found, samples.number)
        return Seen(samples.arrays | given | index, samples.labels)


def _maps(context: Context) -> Seen:
    """The first few samples, and the images that they are to become and become."""
    experiment = context.experiment
    arrays = shown.inputs(context.test.inputs[:MAPPED], experiment.data_spec.input)
    shape = (-1, *experiment.target.shape)
    for name, maps in (("target", context.test.targets), ("output", context.outputs)):
        some = shown.reduced(maps[:MAPPED].reshape(shape)[:, :MAPS])
        with np.errstate(over="ignore"):  # larger numbers become infinite
            arrays[f"{name}.maps"] = some.astype(np.float16)
    return Seen(arrays, {"maps": list(experiment.data.fixed_filters)[:MAPS]})
