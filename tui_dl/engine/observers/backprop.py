"""Forward values and backward gradients of a tiny network, beside finite differences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.engine.observers.base import Context, Observer, Seen
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.kernels.core.program import Program
from tui_dl.kernels.losses.base import out_of_lanes
from tui_dl.kernels.reference import plain_form
from tui_dl.spec.by_hand import is_computed_by_hand
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import kind
from tui_dl.spec.shape_inference import LayerNode

STEP = 1e-4  # of a central difference, in double precision

Doubles = npt.NDArray[np.float64]
Weights = dict[str, Doubles]  # by PyTorch's names


class Backprop(Observer):
    """One pass of the training samples, forward and backward, at the present weights.

    ``forward`` and ``backward`` (samples, units): outputs, and the loss's gradient by them.
    ``weight`` and ``gradient`` (weights,): the same of weights. ``backward.differences`` and
    ``gradient.differences``: gradients by central differences of the plain form of the network in
    double precision. ``error`` (1,): the largest distance of two such gradients of a weight, over
    the largest gradient.
    """

    def wants(self, experiment: Experiment) -> bool:
        return is_computed_by_hand(experiment)

    def observe(self, context: Context) -> Seen | None:
        experiment, parameters = context.experiment, context.parameters
        samples = context.dataset.train
        before = parameters.gradients.copy()  # those of the last mini-batch, for other observers
        forward, backward = _passes(context, samples)
        gradients = {
            name: it.copy() for name, it in parameters.tensors(parameters.gradients).items()
        }
        parameters.gradients[:] = before
        weights = {
            name: it.astype(np.float64)
            for name, it in parameters.tensors(parameters.values).items()
        }
        by_weights = _by_weights(experiment, samples, weights)
        gradient = np.concatenate([it.ravel() for it in gradients.values()])
        largest = float(np.abs(by_weights).max()) or 1.0
        arrays = {
            "forward": forward,
            "backward": backward,
            "backward.differences": _by_outputs(experiment, samples, weights),
            "weight": np.concatenate([it.ravel() for it in weights.values()]),
            "gradient": gradient,
            "gradient.differences": by_weights,
            "gradient_error": np.array([np.abs(gradient - by_weights).max() / largest]),
        }
        labels = {"units": _units(experiment.nodes), "weights": _names(weights)}
        return Seen({name: it.astype(np.float32) for name, it in arrays.items()}, labels)


def _passes(context: Context, samples: Samples) -> tuple[Doubles, Doubles]:
    """(samples, units) outputs of all layers, and the gradients by them, by the kernels."""
    context.evaluator.outputs(samples)
    network, own = context.network, slice(0, 1)
    passes = [*network.forward(own), *network.backward(own)]
    ThreadPool(1).run(Program([[passes], [network.reduce(1, 0, 1)]]))
    count = len(samples)
    values, gradients = (
        [np.asarray(out_of_lanes(it, count)).reshape(count, -1) for it in arrays]
        for arrays in ([it.y for it in network.layers], [it.dy for it in network.layers])
    )
    return np.concatenate(values, axis=1), np.concatenate(gradients, axis=1)


def _loss(
    experiment: Experiment,
    samples: Samples,
    weights: Weights,
    moved: tuple[int, int, int, float] | None = None,
) -> float:
    """The mean loss by the plain forms; `moved` adds to one output: sample, layer, unit, by what.

    The formulas are those of `tui_dl.kernels.reference`.
    """
    loss = experiment.train.loss
    form = plain_form("losses", kind(loss))
    losses = []
    for number, target in enumerate(samples.targets.reshape(-1).tolist()):
        x = samples.inputs[number].astype(np.float64)
        for index, node in enumerate(experiment.nodes):
            x = plain_form("layers", kind(node.layer))(node.layer, x, _of(node, weights))
            if moved and moved[:2] == (number, index):
                x = x + moved[3] * (np.arange(x.size) == moved[2])
        if kind(loss) != "cross_entropy":
            target = np.eye(x.size)[int(target)] if x.size > 1 else np.array([float(target)])
        losses.append(np.mean(form(loss, x, target)))
    return float(np.mean(losses))


def _by_weights(experiment: Experiment, samples: Samples, weights: Weights) -> Doubles:
    """(weights,) the loss's gradient by each weight, by central differences."""
    found = []
    for tensor in weights.values():
        flat = tensor.reshape(-1)
        for index, value in enumerate(flat.tolist()):
            sides = []
            for step in (STEP, -STEP):
                flat[index] = value + step
                sides.append(_loss(experiment, samples, weights))
            flat[index] = value
            found.append((sides[0] - sides[1]) / (2 * STEP))
    return np.array(found)


def _by_outputs(experiment: Experiment, samples: Samples, weights: Weights) -> Doubles:
    """(samples, units) the loss's gradient by each layer's outputs, by central differences."""

    def slope(sample: int, layer: int, unit: int) -> float:
        up, down = (
            _loss(experiment, samples, weights, (sample, layer, unit, step))
            for step in (STEP, -STEP)
        )
        return (up - down) / (2 * STEP)

    units = [(at, unit) for at, it in enumerate(experiment.nodes) for unit in range(it.output.size)]
    return np.array([[slope(row, *it) for it in units] for row in range(len(samples))])


def _of(node: LayerNode, weights: Weights) -> Weights:
    """A layer's weights by their names within it."""
    return {name: weights[f"{node.name}.{name}"] for name in node.parameters}


def _units(nodes: Sequence[LayerNode]) -> list[str]:
    """The names of all layers' outputs, such as ``dense_1 2``."""
    return [f"{it.name} {unit + 1}" for it in nodes for unit in range(it.output.size)]


def _names(weights: Weights) -> list[str]:
    """The names of all weights, such as ``dense_1.weight 2,1``: to unit 2, from unit 1."""
    return [
        f"{name} {','.join(str(it + 1) for it in place)}"
        for name, tensor in weights.items()
        for place in np.ndindex(tensor.shape)
    ]
