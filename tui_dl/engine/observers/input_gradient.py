"""Gradients of outputs by the network's input, in evaluation: what an answer depends on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.engine.graph.network import Network
from tui_dl.engine.graph.parameters import Parameters
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Program
from tui_dl.kernels.losses.base import into_lanes, out_of_lanes
from tui_dl.spec.experiment import Experiment

Array = npt.NDArray[Any]


class InputGradient:
    """A second network over the weights of an observed one, with arrays of its own.

    Nothing of the observed network changes.
    """

    def __init__(
        self, experiment: Experiment, parameters: Parameters, observed: Network, samples: int
    ) -> None:
        """For at most so many `samples` at once."""
        self._observed = observed
        blocks = -(-samples // LANES)
        self._network = Network(experiment, parameters, blocks, has_input_gradient=True)
        self._pool, every = ThreadPool(1), slice(0, blocks)
        self._forward = Program([[self._network.pack(0, 1)], [self._network.evaluate(every)]])
        self._backward = Program([[self._network.backward_evaluated(every)]])

    def of(self, samples: Samples, weigh: Callable[[Array], Array]) -> tuple[Array, Array]:
        """Compute outputs at the present weights, and a gradient of theirs by the inputs.

        Args:
            samples: no more than this is for.
            weigh: given the outputs (samples, ...), the weight of each output; the gradient is that
                of the weighted sum of a sample's outputs.

        Returns:
            The outputs; and the gradient (samples, shape of an input), of token ids
            (samples, times, size), by the vectors that the embedding gives them.
        """
        network, count = self._network, len(samples)
        for name, buffer in network.buffers.items():
            buffer[...] = self._observed.buffers[name]
        into_lanes(network.inputs, samples.inputs.reshape(count, *network.first.input.shape))
        lengths = np.full(count, network.steps) if samples.lengths is None else samples.lengths
        into_lanes(network.batch.lengths, lengths)
        network.set_targets(samples.targets)
        network.batch.active[0] = -(-count // LANES)
        self._pool.run(self._forward)
        outputs = np.asarray(out_of_lanes(network.outputs, count))
        into_lanes(network.layers[-1].dy, weigh(outputs))
        self._pool.run(self._backward)
        assert network.input_gradient is not None
        return outputs, np.asarray(out_of_lanes(network.input_gradient, count))
