"""A network as lists of kernel calls over arrays that are allocated once."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.data import Samples
from tui_dl.engine.graph.parameters import Parameters
from tui_dl.kernels import LAYERS, LOSSES
from tui_dl.kernels.core.arrays import zeros
from tui_dl.kernels.core.jit import Array
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.layers.base import Batch, Layer
from tui_dl.kernels.layers.batch_norm import BatchNorm
from tui_dl.kernels.layers.embedding import Embedding
from tui_dl.kernels.layers.recurrent import Recurrent
from tui_dl.kernels.layers.relu import Relu
from tui_dl.kernels.layers.residual import Residual
from tui_dl.kernels.losses.base import into_lanes
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers import Decoder, kind
from tui_dl.spec.shape_inference import LayerNode


class Network:
    """Layers, loss and their arrays for up to `blocks` shards.

    Attributes:
        first: the row that meets the inputs.
        inputs: (shards, shape of a sample, LANES) float32 numbers or int32 symbols.
        steps: time steps of a sample without padding, 1 where there is no time.
        batch: what layers know of the mini-batch beside that.
        buffers: arrays that belong to the state but are not trained, by name.
        norms: the layers that keep running averages,
        running: which are those of the buffers.
    """

    def __init__(self, experiment: Experiment, parameters: Parameters, blocks: int) -> None:
        input = experiment.data.input
        kind_of_number = np.int32 if input.vocab_size else np.float32
        self.blocks = blocks
        self.steps = input.steps
        self.inputs = zeros(blocks, *input.shape, LANES, dtype=kind_of_number)
        lengths = zeros(blocks, LANES, dtype=np.int32)
        wanted = None
        if any(isinstance(row.layer, Decoder) for row in experiment.rows):
            wanted = zeros(blocks, *experiment.target.shape, LANES, dtype=np.int32)
        step, active = zeros(1, dtype=np.int64), zeros(1, dtype=np.int64)
        self.batch = Batch(lengths, step, active, experiment.train.seed, wanted)
        self.layers: list[Layer] = []
        self._skips: dict[int, list[Residual]] = {}  # by the place of their first layer
        rows = experiment.rows
        self.first = rows[0]
        bodies = {place - row.body for place, row in enumerate(rows) if row.body}
        for place, row in enumerate(rows):
            layer = self._layer(row, parameters)
            before = self.layers[-1] if place and place not in bodies else None
            if isinstance(layer, Relu) and before and before.can_fuse_relu:
                layer.fuse_with(before)
            if isinstance(layer, Recurrent) and isinstance(before, Embedding):
                layer.fuse_with(before)
            self.layers.append(layer)
        last, recipe = self.layers[-1], experiment.train.loss
        self.loss = LOSSES[kind(recipe)](recipe, last.y, last.dy, experiment.target.vocab_size)
        self._gives_back = experiment.train.target == "input"
        if self._gives_back:
            self.loss.want_inputs(self.inputs)
        self.buffers = {
            f"{layer.name}.{name}": array
            for layer in self.layers
            for name, array in layer.buffers.items()
        }
        self.norms = [layer for layer in self.layers if isinstance(layer, BatchNorm)]
        self.running = {
            f"{norm.name}.{name}": array
            for norm in self.norms
            for name, array in norm.buffers.items()
        }

    def _layer(self, row: LayerNode, parameters: Parameters) -> Layer:
        """The layer of the next row, bound to what the rows before it make."""
        w = parameters.of(row.name, parameters.values)
        dw = parameters.of(row.name, parameters.gradients)
        x, dx = self._end(len(self.layers))
        batch = self.layers[-1].output_batch if self.layers else self.batch
        made = LAYERS[kind(row.layer)](row.name, row.layer, x, dx, row.output.shape, w, dw, batch)
        if isinstance(made, Residual):
            first = len(self.layers) - row.body
            made.bind_skip(*self._end(first))
            self._skips.setdefault(first, []).append(made)
        return made

    def _end(self, place: int) -> tuple[Any, Array | None]:
        """What the layer at `place` gets, and the gradient it makes: none where nothing trains."""
        if not place:
            return self.inputs, None
        before = self.layers[place - 1]
        trained = any(layer.w for layer in self.layers[:place])
        return before.y, before.dy if trained else None

    @property
    def outputs(self) -> Any:
        """(shards, shape of an output, LANES), logits where classes are told apart."""
        return self.layers[-1].y

    def set_targets(self, targets: Any) -> None:
        """The targets (samples, ...) of the next mini-batch, for the loss and for layers."""
        self.loss.set_targets(targets)
        if self.batch.targets is not None:
            into_lanes(self.batch.targets, targets, rest=-1)

    def wanted(self, samples: Samples) -> Any:
        """What is wanted of `samples`: (samples, ...)."""
        if not self._gives_back:
            return samples.targets
        return samples.inputs.reshape(len(samples), *self.first.input.shape)

    def pack(self, part: int, parts: int) -> list[Call]:
        """A share of what must be done whenever the weights have changed."""
        return [call for layer in self.layers for call in layer.pack(part, parts)]

    def forward(self, blocks: slice) -> list[Call]:
        """Inputs to losses of these shards, and the gradient of their outputs."""
        calls = [call for layer in self.layers for call in layer.forward(blocks)]
        return calls + self.loss.calls(blocks)

    def evaluate(self, blocks: slice) -> list[Call]:
        """Inputs to losses where nothing is learned."""
        calls = [call for layer in self.layers for call in layer.evaluate(blocks)]
        return calls + self.loss.calls(blocks)

    def backward(self, blocks: slice) -> list[Call]:
        """The outputs' gradient back through the layers."""
        calls: list[Call] = []
        for place, layer in reversed(list(enumerate(self.layers))):
            calls += layer.backward(blocks)
            for residual in reversed(self._skips.get(place, [])):
                calls += residual.backward_skip(blocks)
        return calls

    def reduce(self, blocks: int, part: int, parts: int) -> list[Call]:
        """A share of making all gradients from the first `blocks` shards."""
        return [call for layer in self.layers for call in layer.reduce(blocks, part, parts)]
