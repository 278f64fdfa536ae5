"""Reconstruction errors of test samples of two classes, and the threshold that tells them apart."""

from __future__ import annotations

import numpy as np

from tui_dl.data import Samples
from tui_dl.engine.metrics.reconstruction import Doubles, reconstructions, scores, threshold
from tui_dl.engine.metrics.roc_auc import roc_auc
from tui_dl.engine.observers.base import Context, Observer, Seen
from tui_dl.engine.observers.shown import labels
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.plane import has_two_labels_to_judge

MOST = 400  # samples of a split, evenly spaced


class ErrorHistogram(Observer):
    """``errors`` (samples,) of test samples, and ``labels``, which training does not use.

    The second of the two classes is the one to be found. ``threshold`` (1,) is the error that 99 %
    of the validation samples do not exceed; ``detected`` (1,) is the share of the second class that
    is above it, ``false_alarms`` (1,) that of the first. ``error_auc`` (1,): how often an error of
    the second class is above one of the first.
    """

    def wants(self, experiment: Experiment) -> bool:
        return has_two_labels_to_judge(experiment)

    def observe(self, context: Context) -> Seen | None:
        dataset = context.dataset
        test = _some(dataset.test)
        errors, is_second = _errors(context, test), test.targets == 1
        limit = threshold(_errors(context, _some(dataset.validation)))
        arrays = {
            "errors": errors,
            "threshold": np.array([limit]),
            "detected": _share_above(limit, errors[is_second]),
            "false_alarms": _share_above(limit, errors[~is_second]),
            "error_auc": np.array([roc_auc(is_second, errors)]),
        }
        found = {name: it.astype(np.float32) for name, it in arrays.items()}
        return Seen({**found, "labels": test.targets.astype(np.int32)}, labels(context.experiment))


def _some(samples: Samples) -> Samples:
    """At most `MOST` samples, evenly spaced."""
    count = min(len(samples), MOST)
    return samples.take(np.linspace(0, len(samples) - 1, count).round().astype(np.intp))


def _errors(context: Context, samples: Samples) -> Doubles:
    """The reconstruction error of each of `samples`."""
    last = len(context.experiment.nodes) - 1
    made = reconstructions(context.experiment, context.of_layer(samples, last))
    return scores(made, samples.inputs)


def _share_above(limit: float, errors: Doubles) -> Doubles:
    """(1,) the share of errors above a limit; NaN where there are none."""
    return np.array([(errors > limit).mean() if len(errors) else np.nan])
