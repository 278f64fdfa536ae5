"""A network: layers and loss as lists of kernel calls, over arrays that are allocated once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from tui_dl.data import Samples
from tui_dl.engine.graph.graph import GraphNode, build_graph
from tui_dl.engine.graph.parameters import Parameters
from tui_dl.engine.graph.passes import PASSES
from tui_dl.engine.graph.passes.sum_by_token import sum_by_token
from tui_dl.kernels import losses
from tui_dl.kernels.core.arrays import zeros
from tui_dl.kernels.core.jit import Array
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.layers.base import Batch, Layer
from tui_dl.kernels.losses.base import into_lanes
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import kind


class Network:
    """Layers, loss and their arrays for up to `blocks` blocks of samples.

    Attributes:
        first: the first layer's node.
        inputs: (blocks, shape of a sample, LANES) float32 numbers or int32 token ids.
        steps: time steps of a sample without padding; 1 where there is no time axis.
        batch: lengths, step number and other facts about the mini-batch, for all layers.
        buffers: arrays that are saved with the weights but not trained, by name.
        norms: the layers that keep running averages.
        running: these averages, by name; part of `buffers`.
        input_gradient: the loss's gradient by the inputs, or of token ids by the vectors that an
            embedding gives them, (blocks, ..., LANES); None where it is not computed.
    """

    def __init__(
        self,
        experiment: Experiment,
        parameters: Parameters,
        blocks: int,
        has_input_gradient: bool = False,
    ) -> None:
        """With `has_input_gradient`, `backward` computes `input_gradient` too."""
        input = experiment.data_spec.input
        kind_of_number = np.int32 if input.vocab_size else np.float32
        self.blocks = blocks
        self.steps = input.steps
        self.first = experiment.nodes[0]
        self.inputs = zeros(blocks, *input.shape, LANES, dtype=kind_of_number)
        self.batch = _batch(experiment, blocks)
        self.input_gradient: Array | None = None
        if has_input_gradient and not input.vocab_size:
            self.input_gradient = zeros(*self.inputs.shape)

        graph = build_graph(experiment.nodes)
        for change in PASSES:
            # A sum by token has no gradient by the vector at each time.
            if not (has_input_gradient and change is sum_by_token):
                change(graph)
        self.layers: list[Layer] = []
        self._skips: dict[int, list[Layer]] = {}  # by the index of the first layer they skip
        for node in graph:
            self.layers.append(self._layer(node, parameters))
        if has_input_gradient and input.vocab_size:
            self.input_gradient = self.layers[0].dy

        last, loss = self.layers[-1], experiment.train.loss
        self.loss = losses.of(kind(loss))(loss, last.y, last.dy, experiment.target.vocab_size)
        self._reconstructs = experiment.train.target == "input"
        if self._reconstructs:
            self.loss.use_inputs_as_targets(self.inputs)
        self.buffers = _buffers(self.layers)
        self.norms = [layer for layer in self.layers if layer.running]
        self.running = _buffers(self.norms)

    def _layer(self, node: GraphNode, parameters: Parameters) -> Layer:
        """The kernel layer of the next node, bound to its inputs."""
        spec = node.spec
        w = parameters.of(spec.name, parameters.values)
        dw = parameters.of(spec.name, parameters.gradients)
        x, dx = self._input_of(len(self.layers))
        batch = self.layers[-1].output_batch if self.layers else self.batch
        layer = node.kernels(spec.name, spec.layer, x, dx, spec.output.shape, w, dw, batch)
        if node.fused:
            layer.fuse_with(self.layers[-1])
        if node.skip is not None:
            layer.bind_skip(*self._input_of(node.skip))
            self._skips.setdefault(node.skip, []).append(layer)
        return layer

    def _input_of(self, index: int) -> tuple[Any, Array | None]:
        """Input of layer `index`, and its gradient's array; None where nothing needs that."""
        if not index:
            return self.inputs, self.input_gradient
        before = self.layers[index - 1]
        trained = self.input_gradient is not None or any(it.w for it in self.layers[:index])
        return before.y, before.dy if trained else None

    @property
    def outputs(self) -> Any:
        """(blocks, shape of an output, LANES); logits where targets are classes."""
        return self.layers[-1].y

    def set_targets(self, targets: Any) -> None:
        """Set the targets (samples, ...) of the next mini-batch, for the loss and for decoders."""
        self.loss.set_targets(targets)
        if self.batch.targets is not None:
            into_lanes(self.batch.targets, targets, rest=-1)

    def targets_of(self, samples: Samples) -> Any:
        """The targets of `samples`, (samples, ...); an autoencoder's are its inputs."""
        if not self._reconstructs:
            return samples.targets
        return samples.inputs.reshape(len(samples), *self.first.input.shape)

    def pack(self, part: int, parts: int) -> list[Call]:
        """Calls of share `part` of `parts` that pack the weights after a change."""
        return [call for layer in self.layers for call in layer.pack(part, parts)]

    def forward(self, blocks: slice) -> list[Call]:
        """Calls from inputs to losses of these blocks, and to the gradient of their outputs."""
        calls = [call for layer in self.layers for call in layer.forward(blocks)]
        return calls + self.loss.calls(blocks)

    def evaluate(self, blocks: slice) -> list[Call]:
        """Calls from inputs to losses of these blocks, in evaluation mode."""
        calls = [call for layer in self.layers for call in layer.evaluate(blocks)]
        return calls + self.loss.calls(blocks)

    def backward(self, blocks: slice) -> list[Call]:
        """Calls that take the gradient of these blocks' outputs back through the layers."""
        return [call for calls in self.backward_by_layer(blocks) for call in calls]

    def backward_evaluated(self, blocks: slice) -> list[Call]:
        """Calls from the gradient of these blocks' outputs to `input_gradient`, after `evaluate`.

        The gradient of an embedding's weights, which comes after it, is left out.
        """
        by_layer = list(self.backward_by_layer(blocks, is_evaluated=True))
        if self.layers[0].embeds_tokens:
            by_layer.pop()
        return [call for calls in by_layer for call in calls]

    def backward_by_layer(self, blocks: slice, is_evaluated: bool = False) -> Iterator[list[Call]]:
        """The calls of `backward` for each layer, from the last one to the first."""
        for index, layer in reversed(list(enumerate(self.layers))):
            calls = layer.backward_evaluated(blocks) if is_evaluated else layer.backward(blocks)
            for skipping in reversed(self._skips.get(index, [])):
                calls = [*calls, *skipping.backward_skip(blocks)]
            yield calls

    def reduce(self, blocks: int, part: int, parts: int) -> list[Call]:
        """Calls of share `part` of `parts` that sum gradients over the first `blocks` blocks."""
        return [call for layer in self.layers for call in layer.reduce(blocks, part, parts)]


def _batch(experiment: Experiment, blocks: int) -> Batch:
    """The facts about a mini-batch, with targets where a layer reads them."""
    lengths, targets = zeros(blocks, LANES, dtype=np.int32), None
    if any(node.layer.reads_target for node in experiment.nodes):
        targets = zeros(blocks, *experiment.target.shape, LANES, dtype=np.int32)
    step, active = zeros(1, dtype=np.int64), zeros(1, dtype=np.int64)
    return Batch(lengths, step, active, experiment.train.seed, targets)


def _buffers(layers: list[Layer]) -> dict[str, Array]:
    """The arrays of these layers that are saved but not trained, by name."""
    return {
        f"{layer.name}.{name}": array for layer in layers for name, array in layer.buffers.items()
    }
