"""Histograms of the weights, gradients and outputs of the layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.engine.observers.base import Arrays, Context, Observer, Seen, learns_from_samples
from tui_dl.engine.observers.layers import some
from tui_dl.spec.experiment import Experiment

BINS = 30
LAYERS = 40
NUMBERS = 4_096  # of a layer, evenly spaced; more would hardly change the picture


class Histograms(Observer):
    """Counts in bins of equal width between a layer's lowest and highest number.

    ``weights``, ``gradients`` (trained layers, bins) and ``outputs`` (layers, bins), the last for a
    few test samples; ``<name>.range`` (layers, 2) are the edges. Gradients are those of the last
    mini-batch; of the final weights there are none. Numbers that are not finite are left out. A
    layer that computes the relu after it has one row with that, ``dense_1+relu_1``.
    """

    def wants(self, experiment: Experiment) -> bool:
        return True

    def observe(self, context: Context) -> Seen | None:
        parameters = context.parameters
        trained = some(parameters.layers, LAYERS)
        flat = {"weights": parameters.values}
        if not context.is_final:
            flat["gradients"] = parameters.gradients
        arrays: Arrays = {}
        for name, numbers in flat.items():
            tensors = [list(parameters.of(layer, numbers).values()) for layer in trained]
            arrays |= _histograms(name, tensors)
        labels = {"trained": trained}
        if learns_from_samples(context.experiment):
            names = _layers(context)
            chosen = some(list(names), LAYERS)
            arrays |= _histograms("outputs", [[context.layer_numbers(it)] for it in chosen])
            labels["layers"] = [names[index] for index in chosen]
        return Seen(arrays, labels)


def _layers(context: Context) -> dict[int, str]:
    """The indices of the layers that have outputs of their own, and what made these."""
    names: dict[int, str] = {}
    fuses = False
    for index, layer in enumerate(context.network.layers):
        name = context.experiment.nodes[index].name
        names[index] = f"{names.pop(index - 1)}+{name}" if fuses else name
        fuses = layer.fuse_relu
    return names


def _histograms(name: str, layers: Sequence[Sequence[npt.NDArray[Any]]]) -> Arrays:
    """The counts and edges of all layers, each of some tensors."""
    found = [histogram(tensors) for tensors in layers]
    return {
        name: np.array([counts for counts, _ in found], np.int32).reshape(len(found), BINS),
        f"{name}.range": np.array([edges for _, edges in found], np.float32).reshape(-1, 2),
    }


def histogram(
    tensors: Sequence[npt.NDArray[Any]],
) -> tuple[npt.NDArray[np.int64], tuple[float, float]]:
    """The counts of some of the numbers of `tensors` in `BINS` bins, and the outer edges."""
    # An odd distance, for samples are in lanes: an even one would meet some of them only.
    every = -(-sum(it.size for it in tensors) // NUMBERS) | 1
    some = np.concatenate([it.reshape(-1)[::every] for it in tensors]).astype(np.float64)
    some = some[np.isfinite(some)]
    if not some.size:
        return np.zeros(BINS, np.int64), (0.0, 0.0)
    low, high = float(some.min()), float(some.max())
    bins = ((some - low) * (BINS / ((high - low) or 1.0))).astype(np.int64)
    return np.bincount(np.minimum(bins, BINS - 1), minlength=BINS), (low, high)
