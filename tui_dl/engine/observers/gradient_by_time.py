"""How far the loss's gradient reaches back in time, in the first recurrent layer."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.engine.observers.base import Context, Observer, Seen, learns_from_samples
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Program
from tui_dl.kernels.layers.recurrent import Recurrent
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.recurrence import first_recurrent

LEAST = 1e-38  # of a norm that is divided by

Doubles = npt.NDArray[np.float64]


class GradientByTime(Observer):
    """The loss's gradient by what the first recurrent layer reads at each time step.

    ``norm`` (times,): the norm of that gradient, as the root of the mean square over a few test
    samples; of samples of different lengths, times are counted from their ends, and there are
    as many as the longest one has. ``gradient_reach``
    (1,): the norm at the first time step over that at the last one.
    """

    def wants(self, experiment: Experiment) -> bool:
        return learns_from_samples(experiment) and first_recurrent(experiment) is not None

    def observe(self, context: Context) -> Seen | None:
        index = first_recurrent(context.experiment)
        assert index is not None
        norm = _norms(context, context.test, index)
        reach = float(norm[0] / max(norm[-1], LEAST))
        arrays = {"norm": norm, "gradient_reach": np.array([reach])}
        labels = {"layers": [context.experiment.nodes[index].name]}
        with np.errstate(over="ignore"):
            return Seen({name: it.astype(np.float32) for name, it in arrays.items()}, labels)


def _norms(context: Context, samples: Samples, index: int) -> Doubles:
    """(times,) norms of the gradient by the inputs of the layer at `index`.

    Weights and their gradients stay as they are, and the layers hold the pass of `context.test`
    afterwards, as observers that follow expect.
    """
    context.evaluator.outputs(samples)
    network, count = context.network, len(samples)
    blocks = slice(0, -(-count // LANES))
    passes = [*network.forward(blocks), *network.backward(blocks)]
    ThreadPool(1).run(Program([[passes]]))
    layer = network.layers[index]
    assert isinstance(layer, Recurrent)
    gradients = sum(
        cell.sum_gradients[blocks].astype(np.float64) @ cell.w["weight_ih"] for cell in layer.cells
    )
    squares = (np.asarray(gradients) ** 2).sum(axis=-1)  # (blocks, times, LANES)
    by_sample = np.moveaxis(squares, 1, 2).reshape(-1, squares.shape[1])[:count]
    context.evaluator.outputs(context.test)
    return np.asarray(np.sqrt(_from_ends(by_sample, samples.lengths)))


def _from_ends(squares: Doubles, lengths: npt.NDArray[Any] | None) -> Doubles:
    """(times,) means over the samples that have the time step, all of which end at the last one.

    Time steps that none of the samples has are left out.
    """
    if lengths is None:
        return np.asarray(squares.mean(axis=0))
    times = squares.shape[1]
    place = np.arange(times) - (times - lengths[:, None])
    there = place >= 0
    moved = np.take_along_axis(squares, np.maximum(place, 0), 1) * there
    longest = int(lengths.max())
    return np.asarray(moved.sum(axis=0)[-longest:] / there.sum(axis=0)[-longest:])
