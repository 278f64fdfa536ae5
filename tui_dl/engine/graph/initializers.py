"""Initial values of the weights, by a layer's `initializer`.

    default     PyTorch's: N(0, 1) for an embedding, else uniform between -b and b, with
                b = 1 / sqrt(inputs of one output), for a recurrent layer 1 / sqrt(units)
    zeros       0
    normal      N(0, 0.05), uniform between -0.05 and 0.05: Keras's RandomNormal and RandomUniform
    uniform
    glorot      uniform between -b and b, b = sqrt(6 / (fan in + fan out)): Glorot & Bengio 2010
    he          N(0, sqrt(2 / fan in)), for layers before a relu: He et al. 2015
    orthogonal  rows, or if there are more of them columns, at right angles: Saxe et al. 2013

The last three are torch.nn.init's xavier_uniform_, kaiming_normal_ and orthogonal_. A recurrent
layer's gates are initialised as one matrix each. Biases are 0 in all but default.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod, sqrt
from typing import Any

import numpy as np

from tui_dl.engine.graph.parameters import Parameters
from tui_dl.spec.layers.base import Shape
from tui_dl.spec.shape_inference import LayerNode
from tui_dl.support.rng import stream

Values = Any  # an array of numbers
SMALL = 0.05


def initialise(parameters: Parameters, nodes: list[LayerNode], seed: int) -> None:
    """Fill `parameters`; every tensor has its own random stream."""
    for node in nodes:
        for name, tensor in parameters.of(node.name, parameters.values).items():
            tensor[...] = _values(node, name, stream(seed, f"{node.name}.{name}"))


def _values(node: LayerNode, name: str, random: np.random.Generator) -> Values:
    """Initial values of one tensor of a node."""
    shape = node.parameters[name]
    layer, input, name = node.layer.owner(name, node.input)
    initializer = getattr(layer, "initializer", None)
    if initializer is None:  # a normalisation layer: weight 1, bias 0
        return np.full(shape, name == "weight")
    if initializer == "default":
        return _default(layer.default_bound(input), random, shape)
    if name.startswith("bias"):
        return np.zeros(shape)
    matrix = shape[0] // layer.gates, *shape[1:]
    return np.concatenate([INITIAL[initializer](random, matrix) for _ in range(layer.gates)])


def _default(bound: float | None, random: np.random.Generator, shape: Shape) -> Values:
    if bound is None:
        return random.standard_normal(shape, np.float32)
    return random.uniform(-bound, bound, shape)


def _glorot(random: np.random.Generator, shape: Shape) -> Values:
    outputs, inputs, *taps = shape
    bound = sqrt(6 / ((inputs + outputs) * prod(taps)))
    return random.uniform(-bound, bound, shape)


def _he(random: np.random.Generator, shape: Shape) -> Values:
    return random.normal(0, sqrt(2 / prod(shape[1:])), shape)


def _orthogonal(random: np.random.Generator, shape: Shape) -> Values:
    """Q of the QR decomposition of a normal matrix, with signs that make it uniform."""
    rows, columns = shape[0], prod(shape[1:])
    q, r = np.linalg.qr(random.standard_normal((max(rows, columns), min(rows, columns))))
    q *= np.sign(np.diag(r))
    return (q if rows >= columns else q.T).reshape(shape)


INITIAL: dict[str, Callable[[np.random.Generator, Shape], Values]] = {
    "zeros": lambda random, shape: np.zeros(shape),
    "normal": lambda random, shape: random.normal(0, SMALL, shape),
    "uniform": lambda random, shape: random.uniform(-SMALL, SMALL, shape),
    "glorot": _glorot,
    "he": _he,
    "orthogonal": _orthogonal,
}
