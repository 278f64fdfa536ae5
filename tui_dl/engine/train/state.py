"""The state of training that a checkpoint keeps: arrays by name, and the position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from tui_dl.engine.diagnosis.observations import Memory
from tui_dl.engine.graph.network import Network
from tui_dl.engine.metrics.episode_history import EpisodeHistory
from tui_dl.engine.train.early_stopping import Stopping
from tui_dl.engine.train.optimizer import Optimizer
from tui_dl.engine.train.schedule import Plateau
from tui_dl.engine.train.split_result import SplitResult
from tui_dl.protocol.check_shapes import check_shapes

Tensors = dict[str, Any]  # arrays by name
BEST = "best."  # before the names of the best epoch's weights


class Position(msgspec.Struct):
    """The position of training: all state of a run beside its arrays."""

    updates: int = 0
    epoch: int = 0  # epochs that have ended
    batch: int = 0  # mini-batches done in the current epoch
    total: SplitResult = SplitResult()  # their results added up
    seconds: float = 0.0  # of training, in all processes so far
    stopping: Stopping = msgspec.field(default_factory=Stopping)
    plateau: Plateau = msgspec.field(default_factory=Plateau)
    # A learning rate set by the user, and the schedule's rate at that step.
    manual_rate: tuple[float, float] | None = None
    announced: float = 0.0  # the learning rate in the last event; 0: the training config's
    # Of a network of two weights: both of them, after each epoch.
    path: list[tuple[float, float]] = msgspec.field(default_factory=list)
    # Of averaged weights: norms after each epoch, see `WeightAverage.norms`.
    averages: list[tuple[float, float, float]] = msgspec.field(default_factory=list)
    # Of an environment: the returns of its training episodes.
    episodes: EpisodeHistory = msgspec.field(default_factory=EpisodeHistory)
    diagnosis: Memory = msgspec.field(default_factory=Memory)


@dataclass(frozen=True)
class Checkpoint:
    """Copies of the state of training; the worker writes them to disk.

    Attributes:
        name: "best" has weights and buffers; "last" all that training needs to continue.
        tensors: copies: weights and buffers by PyTorch's names, optimizer.<array>.<weight>,
            best.<weight>.
        position: a `Position` as JSON; of "last" only.
    """

    name: Literal["last", "best"]
    epoch: int
    step: int
    tensors: Tensors
    position: str = ""


def model(network: Network, optimizer: Optimizer) -> Tensors:
    """Views of the weights and buffers of a network."""
    return optimizer.parameters.tensors(optimizer.parameters.values) | network.buffers


def memory(optimizer: Optimizer) -> Tensors:
    """Views of the optimizer's arrays."""
    return {
        f"optimizer.{array}.{name}": tensor
        for array, values in optimizer.state.items()
        for name, tensor in optimizer.parameters.tensors(values).items()
    }


def copied(arrays: Tensors, prefix: str = "") -> Tensors:
    """Copies of `arrays`, with `prefix` before their names."""
    return {prefix + name: array.copy() for name, array in arrays.items()}


def fill(arrays: Tensors, tensors: Tensors) -> None:
    """Put the values of `tensors` into `arrays`; raises UserError where they do not fit."""
    check_shapes({name: array.shape for name, array in arrays.items()}, tensors)
    for name, array in arrays.items():
        array[...] = tensors[name]
