"""A few test samples, and what an autoencoder makes of them."""

from __future__ import annotations

import numpy as np

from tui_dl.engine.metrics.reconstruction import reconstructions, scores
from tui_dl.engine.observers import shown
from tui_dl.engine.observers.base import Context, Observer, Seen
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.plane import has_labels_to_judge

SIGNAL = 96  # numbers of a sample, at most


class Reconstructions(Observer):
    """``input.*`` and ``output.*``: the same samples in every epoch, as `shown.inputs` has them.

    ``error`` (samples,) is the mean squared error of each, ``label`` its class if it has one.
    """

    def wants(self, experiment: Experiment) -> bool:
        return experiment.train.target == "input"

    def observe(self, context: Context) -> Seen | None:
        experiment, given = context.experiment, context.test.inputs
        made, spec = reconstructions(experiment, context.outputs), experiment.data_spec.input
        arrays = shown.inputs(given, spec, numbers=SIGNAL)
        count = len(next(iter(arrays.values())))
        arrays |= shown.inputs(made, spec, "output", numbers=SIGNAL, like=given)
        arrays["error"] = scores(made[:count], given[:count]).astype(np.float32)
        if has_labels_to_judge(experiment):
            arrays["label"] = context.test.targets[:count].astype(np.int32)
        return Seen(arrays, shown.labels(experiment))
