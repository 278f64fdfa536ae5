"""One optimiser step, and evaluation: samples in, loss and accuracy out, over threads and shards.

Each thread takes its own shards through the whole network; only when all have is the gradient put
together, in an order that no number of threads changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import numpy as np

from tui_dl.data import Samples
from tui_dl.data.validate_samples import check
from tui_dl.engine.graph.network import Network
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.threads.tuner import ThreadTuner
from tui_dl.engine.train.batches import in_order
from tui_dl.engine.train.optimizer import Optimizer
from tui_dl.engine.train.split_result import SplitResult
from tui_dl.engine.train.state import Tensors
from tui_dl.engine.train.step_records import StepRecorder
from tui_dl.kernels.core.arrays import flat, share
from tui_dl.kernels.core.gather import gather_numbers, gather_shifted, gather_tokens
from tui_dl.kernels.core.jit import Ints
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import BARRIER, KERNELS, Call, Program
from tui_dl.kernels.losses.base import out_of_lanes

KNOWN = 8  # sets of samples at once

Phase = list[list[Call]]  # a list of calls for every thread


class Stepper:
    """A network bound to its data, its optimiser and a team of threads."""

    def __init__(
        self,
        network: Network,
        optimizer: Optimizer,
        pool: ThreadPool | ThreadTuner,
        augmented: bool = False,
        recorder: StepRecorder | None = None,
    ) -> None:
        """`recorder` take their norms at the end of every step."""
        self.network, self.optimizer, self.pool, self.recorder = network, optimizer, pool, recorder
        self.augmented = augmented  # training images are shifted
        self._indices = np.full(network.blocks * LANES, -1, np.int64)
        self._lengths = flat(network.batch.lengths)
        self._shifts = np.zeros((network.blocks * LANES, 2), np.int64)
        self._known: dict[int, Samples] = {}  # those that programs were made for
        self._programs: dict[tuple[int, int, str, int], Program] = {}

    @property
    def capacity(self) -> int:
        """How many samples fit into one forward pass."""
        return self._indices.size

    @property
    def memory(self) -> Tensors:
        """Views of what steps remember beside weights and optimiser."""
        return {}

    def kernels(self, samples: Samples, batch_sizes: set[int]) -> Iterator[Any]:
        """Every kernel that training with these batch sizes and evaluation call."""
        yield from KERNELS
        for size in batch_sizes:
            blocks = -(-size // LANES)
            for phase in [*self._step(samples, blocks), *self._evaluation(samples, blocks)]:
                yield from (call.func for calls in phase for call in calls)
        yield from self.network.loss.target_kernels

    def pack(self) -> None:
        """Take note that the weights have changed."""
        self.pool.run(Program([self._shares(self.network.pack)]))

    def metric_value(self, result: SplitResult) -> float | None:
        """The data's metric, where there is one."""
        return result.accuracy

    def step(self, samples: Samples, chosen: Ints, shifts: Ints) -> SplitResult:
        """One update from the `chosen` samples, each moved by its shift; their loss before it.

        Where the loss is not finite the weights stay as they are.
        """
        blocks = self._load_training(samples, chosen, shifts)
        self.optimizer.begin()
        self.network.batch.step[0] = self.optimizer.updates
        self._run(self._step, samples, blocks)
        return self._score()

    def measure_statistics(self, samples: Samples, batches: Iterable[Ints], shifts: Ints) -> None:
        """Make the running averages of batch norms those of the present weights.

        They become the mean over these mini-batches, seen as in training: `update_bn` of
        torch.optim.swa_utils.
        """
        norms = self.network.norms
        for mean, variance in (norm.running for norm in norms):
            mean[:], variance[:] = 0, 1
        usual = [norm.momentum.copy() for norm in norms]
        for number, chosen in enumerate(batches, start=1):
            for norm in norms:
                norm.momentum[:] = 1 / number
            self._see(samples, chosen, shifts, number)
        for norm, momentum in zip(norms, usual, strict=True):
            norm.momentum[:] = momentum

    def _see(self, samples: Samples, chosen: Ints, shifts: Ints, number: int) -> None:
        """Move running averages by the `chosen` samples, which nothing else is learned from."""
        blocks = self._load_training(samples, chosen, shifts)
        self.network.batch.step[0] = number  # of units that dropout drops
        self._run(self._statistics, samples, blocks)

    def evaluate(self, samples: Samples) -> SplitResult:
        """Loss and accuracy of all `samples`."""
        return sum((result for result, _ in self._passes(samples)), SplitResult())

    def outputs(self, samples: Samples) -> tuple[SplitResult, Any, Any]:
        """`evaluate`, and all outputs and targets, (samples, ...), to look at them together."""
        total, made = SplitResult(), self.network.outputs
        outputs = np.empty((len(samples), *made.shape[1:-1]), made.dtype)
        for result, chosen in self._passes(samples):
            total += result
            outputs[chosen] = out_of_lanes(made, len(chosen))
        return total, outputs, self.network.wanted(samples)

    def _passes(self, samples: Samples) -> Iterator[tuple[SplitResult, Ints]]:
        """All `samples` through the network, as many as fit at once, which are then in it."""
        self._meet(samples)
        for chosen in in_order(np.arange(len(samples)), self.capacity):
            blocks = self._load(samples, chosen)
            self._run(self._evaluation, samples, blocks)
            yield self._score(), chosen

    def _meet(self, samples: Samples) -> None:
        """Raise ValueError where the network cannot take `samples`; looked at once only."""
        if id(samples) in self._known:
            return
        check(samples, self.network.first.name, self.network.first.input)
        if len(self._known) == KNOWN:
            self._known.clear()
            self._programs.clear()
        self._known[id(samples)] = samples

    def _load(self, samples: Samples, chosen: Ints) -> int:
        """Say which samples are next; the number of shards they fill."""
        self._meet(samples)
        if not len(chosen):
            raise ValueError(f"{self.network.first.name}: given an empty batch")
        count, blocks = len(chosen), -(-len(chosen) // LANES)
        self.network.batch.active[0] = blocks
        self._indices[:count] = chosen
        self._indices[count : blocks * LANES] = -1
        lengths = self._lengths
        lengths[:count] = self.network.steps if samples.lengths is None else samples.lengths[chosen]
        lengths[count:] = 0
        self.network.set_targets(samples.targets[chosen])
        return blocks

    def _load_training(self, samples: Samples, chosen: Ints, shifts: Ints) -> int:
        """`_load`, each sample moved by its shift."""
        if self.augmented:
            self._shifts[: len(chosen)] = shifts[chosen]
        return self._load(samples, chosen)

    def _score(self) -> SplitResult:
        loss, correct = self.network.loss.loss_sums.tolist()
        weight, count = self.network.loss.weight_sums.tolist()
        return SplitResult(loss * weight, weight, int(correct) if count else 0, int(count))

    def _run(
        self, make: Callable[[Samples, int], list[Phase]], samples: Samples, blocks: int
    ) -> None:
        """Run the phases that `make` makes for the first `blocks` shards; they are kept."""
        key = id(samples), blocks, make.__name__, self.pool.threads
        if key not in self._programs:
            self._programs[key] = Program(make(samples, blocks))
        self.pool.run(self._programs[key])

    def _step(self, samples: Samples, blocks: int) -> list[Phase]:
        """Forward and backward by shards; gradients; the update; what follows from new weights."""
        network, losses = self.network, flat(self.network.loss.losses[:blocks])

        def through(own: slice) -> list[Call]:
            return [*network.forward(own), *network.backward(own)]

        return [
            self._through(through, samples, blocks, training=True),
            self._shares(partial(network.reduce, blocks)),
            self._shares(partial(self.optimizer.update, losses)),
            self._shares(partial(self._close, blocks)),
        ]

    def _close(self, blocks: int, part: int, parts: int) -> list[Call]:
        """What follows from new weights, and what is to be known of the step."""
        calls = self.network.pack(part, parts)
        if part == 0:
            calls.append(self.network.loss.add_up(blocks))
            calls += self.recorder.calls() if self.recorder else []
        return calls

    def _evaluation(self, samples: Samples, blocks: int) -> list[Phase]:
        """Forward by shards, and what is to be known of it."""
        known = self._alone([self.network.loss.add_up(blocks)])
        return [self._through(self.network.evaluate, samples, blocks, training=False), known]

    def _statistics(self, samples: Samples, blocks: int) -> list[Phase]:
        """Forward by shards as in training, and what running averages learn of it."""
        known = self._alone([norm.average() for norm in self.network.norms])
        return [self._through(self.network.forward, samples, blocks, training=True), known]

    def _through(
        self, through: Callable[[slice], list[Call]], samples: Samples, blocks: int, training: bool
    ) -> Phase:
        """Each thread's samples into the network, and the calls of `through` for its shards."""

        def calls(part: int, parts: int) -> list[Call]:
            first, last = share(blocks, part, parts)
            if first == last:  # nothing to do but to meet the others
                return [call for call in through(slice(0, 1)) if call is BARRIER]
            own = slice(first, last)
            return [self._gather(samples, own, training), *through(own)]

        return self._shares(calls)

    def _gather(self, samples: Samples, blocks: slice, training: bool) -> Call:
        """The call that lays the samples at `_indices` side by side."""
        lanes = slice(blocks.start * LANES, blocks.stop * LANES)
        arrays = flat(self.network.inputs[blocks]), samples.inputs, self._indices[lanes]
        lengths = self._lengths[lanes]
        if samples.inputs.dtype == np.int32:
            return partial(gather_tokens, *arrays, lengths)
        if training and self.augmented:
            height, width = self.network.inputs.shape[2:4]
            return partial(gather_shifted, *arrays, self._shifts[lanes], height, width)
        return partial(gather_numbers, *arrays, lengths, self.network.steps)

    def _alone(self, calls: list[Call]) -> Phase:
        """Calls that the first thread makes."""
        return [calls if part == 0 else [] for part in range(self.pool.threads)]

    def _shares(self, make: Callable[[int, int], list[Call]]) -> Phase:
        return [make(part, self.pool.threads) for part in range(self.pool.threads)]
