"""PyTorch's network, optimizer and training step for an experiment, from the same first weights."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import torch
from torch import nn

from bench.peer_losses import peer_loss, peer_optimizer
from tui_dl.data import Samples
from tui_dl.kernels.core.jit import Array, Ints
from tui_dl.kernels.layers.conv2d import FIXED
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import kind
from tui_dl.spec.shape_inference import LayerNode


class Peer(nn.Module):
    """The layers of an experiment as PyTorch modules; `weights` have tui-dl's names."""

    def __init__(self, rows: list[LayerNode], weights: dict[str, Array]) -> None:
        super().__init__()
        self.rows = rows
        self.parts = nn.ModuleList([_part(row) for row in rows])
        for row, part in zip(rows, self.parts, strict=True):
            for name in row.parameters:
                weight = torch.from_numpy(weights[f"{row.name}.{name}"].copy())
                part.get_parameter(name).data.copy_(weight)

    def forward(self, x: Any, labels: Any = None, lengths: Any = None) -> Any:
        """Logits of a mini-batch; `labels` are for a decoder, `lengths` those of padded samples."""
        made = [x]
        for row, part in zip(self.rows, self.parts, strict=True):
            if isinstance(part, Decoder):
                x, lengths = part(x, labels), None
            elif isinstance(part, nn.RNNBase):
                input = x if lengths is None else _packed(x, lengths)
                x = _states(row.layer, x.shape[1], *part(input))
            else:
                x = part(x)
            if row.body:
                x = x + made[-1 - row.body]
            made.append(x)
        return x


def _packed(x: Any, lengths: Any) -> Any:
    return nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)


def _states(layer: Any, times: int, states: Any, last: Any) -> Any:
    """The output of the layer, from all states and the last ones of each direction."""
    if layer.output_ == "sequence":
        if isinstance(states, nn.utils.rnn.PackedSequence):
            return nn.utils.rnn.pad_packed_sequence(states, True, total_length=times)[0]
        return states
    return torch.cat(tuple(last[0] if kind(layer) == "lstm" else last), -1)


class Decoder(nn.Module):
    """An embedding and a cell, named after its kind; the input is the cell's initial state."""

    def __init__(self, layer: Any, target: Any) -> None:
        super().__init__()
        self.start = target.vocab_size
        self.embedding = nn.Embedding(target.vocab_size + 1, layer.size)
        cells: dict[str, Any] = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
        self.cell = layer.cell
        self.add_module(layer.cell, cells[layer.cell](layer.size, layer.units, batch_first=True))

    def forward(self, x: Any, labels: Any) -> Any:
        """All states; the labels are read one time step late."""
        start = torch.full_like(labels[:, :1], self.start)
        read = torch.cat([start, labels[:, :-1]], 1)
        first: Any = x[None].contiguous()
        if self.cell == "lstm":
            first = first, torch.zeros_like(first)
        embedded = self.embedding(torch.where(read < 0, self.start, read))
        states, _ = self.get_submodule(self.cell)(embedded, first)
        return states


class Conv1d(nn.Conv1d):
    """Batch norm over (samples, time, features)."""

    def forward(self, x: Any) -> Any:
        """Normalise with features as channels."""
        return super().forward(x.transpose(1, 2)).transpose(1, 2)


class GlobalAverage(nn.Module):
    """Mean over the pixels of an image or the time steps of a sequence."""

    def forward(self, x: Any) -> Any:
        """(samples, channels) or (samples, features)."""
        return x.mean((2, 3) if x.ndim == 4 else 1)


def _conv2d(layer: Any, channels: int) -> nn.Module:
    sizes = channels, layer.filters, layer.kernel, layer.stride, layer.padding
    if layer.fixed is None:
        return nn.Conv2d(*sizes, bias=layer.bias)
    part = nn.Conv2d(*sizes, bias=False).requires_grad_(False)
    part.weight[:] = torch.tensor(FIXED[layer.fixed])
    return part


def _part(row: LayerNode) -> nn.Module:
    layer: Any = row.layer
    shape = row.input.shape

    def recurrent(module: Any, **fields: Any) -> nn.Module:
        both = layer.bidirectional
        made: nn.Module = module(
            shape[1], layer.units, batch_first=True, bidirectional=both, **fields
        )
        return made

    makers: dict[str, Any] = {
        "dense": lambda: nn.Linear(shape[-1], layer.units, layer.bias),
        "conv1d": lambda: Conv1d(
            shape[1], layer.filters, layer.kernel, layer.stride, layer.padding, bias=layer.bias
        ),
        "conv2d": lambda: _conv2d(layer, shape[0]),
        "max_pool2d": lambda: nn.MaxPool2d(layer.size, layer.step),
        "avg_pool2d": lambda: nn.AvgPool2d(layer.size, layer.step),
        "global_avg_pool": GlobalAverage,
        "upsample2d": lambda: nn.Upsample(scale_factor=layer.factor),
        "flatten": nn.Flatten,
        "reshape": lambda: nn.Sequential(nn.Flatten(), nn.Unflatten(1, layer.sides)),
        "leaky_relu": lambda: nn.LeakyReLU(layer.slope),
        "gelu": nn.GELU,
        "softplus": lambda: nn.Softplus(layer.beta),
        "softmax": lambda: nn.Softmax(-1),
        "layer_norm": lambda: nn.LayerNorm(row.parameters["weight"], layer.epsilon),
        "batch_norm": lambda: (nn.BatchNorm1d if len(shape) == 1 else nn.BatchNorm2d)(
            shape[0], layer.epsilon, layer.momentum
        ),
        "residual": nn.Identity,
        "relu": nn.ReLU,
        "sigmoid": nn.Sigmoid,
        "tanh": nn.Tanh,
        "embedding": lambda: nn.Embedding(row.input.vocab_size, layer.size),
        "rnn": lambda: recurrent(nn.RNN, nonlinearity=layer.activation),
        "lstm": lambda: recurrent(nn.LSTM),
        "gru": lambda: recurrent(nn.GRU),
        "decoder": lambda: Decoder(layer, row.input.target),
    }
    return makers[kind(layer)]()


class PeerTrainer:
    """Eager training steps as a PyTorch user writes them."""

    def __init__(self, experiment: Experiment, samples: Samples, weights: dict[str, Array]) -> None:
        self.network = Peer(experiment.nodes, weights)
        config = experiment.train
        self.compare = peer_loss(config.loss, experiment.target.vocab_size)
        self.optimizer = peer_optimizer(config.optimizer, self.network.parameters())
        shape = len(samples), *experiment.data_spec.input.shape
        inputs = torch.from_numpy(samples.inputs.reshape(shape))
        self.inputs = inputs.long() if samples.inputs.dtype == np.int32 else inputs
        self.labels = torch.from_numpy(samples.targets).long()
        self.lengths = None if samples.lengths is None else torch.from_numpy(samples.lengths).long()

    def step(self, chosen: Ints) -> float:
        """Make one update from the `chosen` samples; returns their loss before it."""
        self.optimizer.zero_grad()
        lengths = None if self.lengths is None else self.lengths[chosen]
        loss = self.loss(self.inputs[chosen], self.labels[chosen], lengths)
        loss.backward()
        self.optimizer.step()
        return float(loss.item())

    def loss(self, inputs: Any, labels: Any, lengths: Any = None) -> Any:
        """The loss of a mini-batch."""
        return self.compare(self.network(inputs, labels, lengths), labels)

    def losses(self, batches: Iterable[Ints]) -> list[float]:
        """Train one step a mini-batch; returns the losses."""
        return [self.step(chosen) for chosen in batches]
