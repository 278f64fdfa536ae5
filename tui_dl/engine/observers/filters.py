"""The filters of the first convolution over images."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tui_dl.engine.observers.base import Context, Observer, Seen
from tui_dl.kernels.layers.conv2d import FIXED
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.learned_filters import learns_fixed_filters

NUMBERS = 6_000  # of all filters that are shown
CHANNELS, SIDE = 3, 16  # of a filter

Floats = npt.NDArray[np.float32]


class Filters(Observer):
    """``filters`` (filters, channels, rows, columns): its weights, as many as there is room for.

    Where fixed filters make the targets, ``fixed`` (filters, 1, rows, columns) are those, named by
    the label ``fixed``; ``correlations`` (filters,) are of the weights of both, and
    ``filter_correlation`` (1,) is the lowest of them.
    """

    def wants(self, experiment: Experiment) -> bool:
        return bool(_weights(experiment))

    def observe(self, context: Context) -> Seen | None:
        experiment = context.experiment
        name = _weights(experiment)[0]
        layer = name.partition(".")[0]
        weights = context.parameters.tensors(context.parameters.values)[name]
        filters = weights[:, :CHANNELS, :SIDE, :SIDE]
        most = max(1, NUMBERS // filters[0].size)
        seen = Seen({"filters": filters[:most].astype(np.float32)}, {"layers": [layer]})
        if not learns_fixed_filters(experiment):
            return seen
        names = experiment.data.fixed_filters
        fixed = np.array([[FIXED[it]] for it in names], np.float32)
        found = correlations(weights, fixed)
        known = {
            "fixed": fixed,
            "correlations": found,
            "filter_correlation": found.min(keepdims=True),
        }
        return Seen(seen.arrays | known, seen.labels | {"fixed": list(names)})


def correlations(some: Floats, others: Floats) -> Floats:
    """(filters,) Pearson's correlation of the weights of two filters each; 0 of a constant one."""
    flat = [it.reshape(len(it), -1).astype(np.float64) for it in (some, others)]
    apart = [it - it.mean(axis=1, keepdims=True) for it in flat]
    lengths = np.prod([np.linalg.norm(it, axis=1) for it in apart], axis=0)
    products = (apart[0] * apart[1]).sum(axis=1)
    found: Floats = np.divide(
        products, lengths, out=np.zeros_like(products), where=lengths > 0
    ).astype(np.float32)
    return found


def _weights(experiment: Experiment) -> list[str]:
    """The names of all weights that are filters of images, (filters, channels, rows, columns)."""
    return [
        f"{node.name}.{name}"
        for node in experiment.nodes
        for name, shape in node.parameters.items()
        if len(shape) == 4
    ]
