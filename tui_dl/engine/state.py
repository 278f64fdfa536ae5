"""What of a training run must be kept to go on from it, as arrays by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tui_dl.engine.optimizer import Optimizer
from tui_dl.engine.parameters import Parameters
from tui_dl.kernels.jit import Array

Tensors = dict[str, Array]


@dataclass(frozen=True)
class Checkpoint:
    """Weights worth keeping, to be written by whoever runs the training."""

    name: Literal["last", "best"]
    epoch: int
    step: int
    tensors: Tensors  # copies: weights by PyTorch's names, optimizer.<array>.<weight>


def weights(parameters: Parameters) -> Tensors:
    """Copies of all weights."""
    return {name: tensor.copy() for name, tensor in parameters.tensors(parameters.values).items()}


def everything(parameters: Parameters, optimizer: Optimizer) -> Tensors:
    """Copies of all weights and of what the optimiser remembers."""
    tensors = weights(parameters)
    for array, values in optimizer.state.items():
        for name, tensor in parameters.tensors(values).items():
            tensors[f"optimizer.{array}.{name}"] = tensor.copy()
    return tensors


def restore(parameters: Parameters, tensors: Tensors) -> None:
    """Put weights back."""
    for name, tensor in parameters.tensors(parameters.values).items():
        tensor[...] = tensors[name]
