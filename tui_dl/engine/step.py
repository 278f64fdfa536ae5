"""One optimiser step, and evaluation: samples in, loss and accuracy out, over threads and shards.

Each thread takes its own shards through the whole network; only when all have is the gradient put
together, in an order that no number of threads changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from tui_dl.data import Samples
from tui_dl.engine.batches import in_order
from tui_dl.engine.network import Network
from tui_dl.engine.optimizer import Optimizer
from tui_dl.engine.team import Team
from tui_dl.kernels.gather import gather_numbers, gather_shifted, gather_symbols
from tui_dl.kernels.jit import Ints
from tui_dl.kernels.lanes import LANES
from tui_dl.kernels.layer import Call, flat, share

Phase = list[list[Call]]  # a list of calls for every thread


@dataclass(frozen=True)
class Score:
    """Mean loss in nats and accuracy over some samples."""

    loss: float
    accuracy: float


class Stepper:
    """A network bound to its data, its optimiser and a team of threads."""

    def __init__(
        self, network: Network, optimizer: Optimizer, team: Team, augmented: bool = False
    ) -> None:
        self.network, self.optimizer, self.team = network, optimizer, team
        self.augmented = augmented  # training images are shifted
        self._indices = np.full(network.shards * LANES, -1, np.int64)
        self._shifts = np.zeros((network.shards * LANES, 2), np.int64)
        self._plans: dict[tuple[int, int, bool], Phase] = {}
        self._reductions: dict[int, Phase] = {}
        self._update: Phase = self._shares(lambda p, n: [partial(optimizer.update, p, n)])
        self._pack: Phase = self._shares(network.pack)

    @property
    def capacity(self) -> int:
        """How many samples fit into one forward pass."""
        return self._indices.size

    def kernels(self, samples: Samples, batch_sizes: set[int]) -> Iterator[Any]:
        """Every kernel that training with these batch sizes calls."""
        yield self.optimizer.kernel
        phases = [self._pack]
        for size in batch_sizes:
            shards = -(-size // LANES)
            phases += [self._plan(samples, shards, True), self._reduction(shards)]
        for phase in phases:
            yield from (call.func for calls in phase for call in calls if hasattr(call, "func"))

    def pack(self) -> None:
        """Take note that the weights have changed."""
        self.team.run(self._pack)

    def gradient(self, samples: Samples, chosen: Ints, shifts: Ints) -> Score:
        """Loss of the `chosen` samples, each moved by its shift; leaves the gradient behind."""
        shards = self._load(samples, chosen)
        self._shifts[: len(chosen)] = shifts[chosen]
        self.team.run(self._plan(samples, shards, True))
        self.team.run(self._reduction(shards))
        return self._score(shards, len(chosen))

    def update(self) -> None:
        """Let the optimiser use the gradient."""
        self.optimizer.updates += 1
        self.team.run(self._update)
        self.pack()

    def evaluate(self, samples: Samples) -> Score:
        """Mean loss and accuracy over all `samples`."""
        loss = accuracy = 0.0
        for chosen in in_order(np.arange(len(samples)), self.capacity):
            shards = self._load(samples, chosen)
            self.team.run(self._plan(samples, shards, False))
            score = self._score(shards, len(chosen))
            loss += score.loss * len(chosen)
            accuracy += score.accuracy * len(chosen)
        return Score(loss / len(samples), accuracy / len(samples))

    def _load(self, samples: Samples, chosen: Ints) -> int:
        """Say which samples are next; the number of shards they fill."""
        count, shards = len(chosen), -(-len(chosen) // LANES)
        self._indices[:count] = chosen
        self._indices[count : shards * LANES] = -1
        labels, weights = flat(self.network.labels), flat(self.network.weights)
        labels[:count] = samples.labels[chosen]
        labels[count:] = 0
        weights[:count] = 1 / count
        weights[count:] = 0
        return shards

    def _score(self, shards: int, count: int) -> Score:
        loss = self.network.losses[:shards].sum(dtype=np.float64)
        return Score(float(loss), float(self.network.hits[:shards].sum()) / count)

    def _plan(self, samples: Samples, shards: int, backward: bool) -> Phase:
        """Calls that take the first `shards` shards forward and, if wanted, backward."""
        key = id(samples), shards, backward
        if key not in self._plans:
            self._plans[key] = [
                self._calls(samples, slice(*share(shards, part, self.team.threads)), backward)
                for part in range(self.team.threads)
            ]
        return self._plans[key]

    def _calls(self, samples: Samples, shards: slice, backward: bool) -> list[Call]:
        if shards.start == shards.stop:
            return []
        network = self.network
        calls = [self._gather(samples, shards, backward), *network.forward(shards)]
        return calls + network.backward(shards) if backward else calls

    def _gather(self, samples: Samples, shards: slice, training: bool) -> Call:
        """The call that lays the samples at `_indices` side by side."""
        lanes = slice(shards.start * LANES, shards.stop * LANES)
        arrays = flat(self.network.inputs[shards]), samples.inputs, self._indices[lanes]
        if samples.inputs.dtype == np.int32:
            return partial(gather_symbols, *arrays)
        if training and self.augmented:
            height, width = self.network.inputs.shape[2:4]
            return partial(gather_shifted, *arrays, self._shifts[lanes], height, width)
        return partial(gather_numbers, *arrays)

    def _reduction(self, shards: int) -> Phase:
        if shards not in self._reductions:
            self._reductions[shards] = self._shares(partial(self.network.reduce, shards))
        return self._reductions[shards]

    def _shares(self, make: Any) -> Phase:
        return [make(part, self.team.threads) for part in range(self.team.threads)]
