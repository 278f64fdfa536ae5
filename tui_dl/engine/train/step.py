"""One training step, and evaluation, over threads and blocks of samples.

Each thread computes forward and backward passes of its own blocks. After a barrier, gradients are
summed over blocks in an order that does not depend on the number of threads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import numpy as np

from tui_dl.data import Samples
from tui_dl.data.validate_samples import check_samples
from tui_dl.engine.graph.network import Network
from tui_dl.engine.metrics.episode_history import EpisodeHistory
from tui_dl.engine.observers.base import Played
from tui_dl.engine.threads.pool import KERNELS, ThreadPool
from tui_dl.engine.threads.tuner import ThreadTuner
from tui_dl.engine.train.batches import in_order
from tui_dl.engine.train.optimizer import Optimizer
from tui_dl.engine.train.split_result import SplitResult
from tui_dl.engine.train.state import Tensors
from tui_dl.engine.train.step_records import StepRecorder
from tui_dl.kernels.core.arrays import flat, share
from tui_dl.kernels.core.gather import gather_augmented, gather_numbers, gather_tokens
from tui_dl.kernels.core.jit import Ints
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import BARRIER, Call, Program
from tui_dl.kernels.losses.base import out_of_lanes

MOST_SETS = 8  # sets of samples whose programs are kept

Phase = list[list[Call]]  # a list of calls for each thread
# It is given outputs and targets, both (samples, ...), and the indices of these samples.
Look = Callable[[Any, Any, Ints], None]


class Stepper:
    """Runs a network and its optimizer on samples, with a pool of threads.

    Attributes:
        episodes: of the steps so far, where samples are episodes; empty of others.
        evaluated: likewise, the episodes of the last evaluation.
    """

    def __init__(
        self,
        network: Network,
        optimizer: Optimizer,
        pool: ThreadPool | ThreadTuner,
        augmented: bool = False,
        recorder: StepRecorder | None = None,
    ) -> None:
        """`augmented`: training images are changed; `recorder` adds its calls to every step."""
        self.network, self.optimizer, self.pool, self.recorder = network, optimizer, pool, recorder
        self.augmented = augmented
        self.episodes = EpisodeHistory()
        self.evaluated: Played | None = None
        self._indices = np.full(network.blocks * LANES, -1, np.int64)
        self._lengths = flat(network.batch.lengths)
        self._changes = np.zeros((network.blocks * LANES, 3), np.int64)
        self._checked: dict[int, Samples] = {}  # that programs may exist for, by id
        self._programs: dict[tuple[int, int, str, int], Program] = {}

    @property
    def capacity(self) -> int:
        """The most samples of one forward pass."""
        return self._indices.size

    @property
    def memory(self) -> Tensors:
        """Views of arrays that steps change, beside those of network and optimizer."""
        return {}

    def kernels(self, samples: Samples, batch_sizes: set[int]) -> Iterator[Any]:
        """Every kernel that evaluation and training with these batch sizes call."""
        yield from KERNELS
        for size in batch_sizes:
            blocks = -(-size // LANES)
            for phase in [*self._step(samples, blocks), *self._evaluation(samples, blocks)]:
                yield from (call.func for calls in phase for call in calls)
        yield from self.network.loss.target_kernels

    def pack(self) -> None:
        """Pack the weights for the kernels; needed whenever weights were changed from outside."""
        self.pool.run(Program([self._by_threads(self.network.pack)]))

    def metric_value(self, result: SplitResult) -> float | None:
        """The metric of the data source, from a result; None where it has none."""
        return result.accuracy

    def step(self, samples: Samples, chosen: Ints, changes: Ints) -> SplitResult:
        """One update from the `chosen` samples, each with its changes; returns the loss before.

        Where the loss is not finite the weights do not change.
        """
        blocks = self._load_training(samples, chosen, changes)
        self.optimizer.begin()
        self.network.batch.step[0] = self.optimizer.updates
        self._run(self._step, samples, blocks)
        return self._result()

    def measure_statistics(self, samples: Samples, batches: Iterable[Ints], changes: Ints) -> None:
        """Compute the running averages of batch norms for the present weights.

        They become the mean over these mini-batches, in training mode, as with `update_bn` of
        torch.optim.swa_utils.
        """
        norms = self.network.norms
        for norm in norms:
            norm.reset_averages()
        momenta = [norm.momentum.copy() for norm in norms]
        for number, chosen in enumerate(batches, start=1):
            for norm in norms:
                norm.momentum[:] = 1 / number
            self._update_statistics(samples, chosen, changes, number)
        for norm, momentum in zip(norms, momenta, strict=True):
            norm.momentum[:] = momentum

    def _update_statistics(
        self, samples: Samples, chosen: Ints, changes: Ints, number: int
    ) -> None:
        """Update the running averages, and nothing else, from mini-batch `number`, from 1."""
        blocks = self._load_training(samples, chosen, changes)
        self.network.batch.step[0] = number  # dropout draws its units by it
        self._run(self._statistics, samples, blocks)

    def evaluate(self, samples: Samples, look: Look | None = None) -> SplitResult:
        """Loss and accuracy over all `samples`; `look` is given the outputs of each pass."""
        total, made = SplitResult(), self.network.outputs
        for result, chosen in self._passes(samples):
            total += result
            if look:
                targets = self.network.targets_of(samples)[chosen]
                look(out_of_lanes(made, len(chosen)), targets, chosen)
        return total

    def outputs(self, samples: Samples) -> tuple[SplitResult, Any, Any]:
        """The result of `evaluate`, all outputs and all targets, both (samples, ...)."""
        total, made = SplitResult(), self.network.outputs
        outputs = np.empty((len(samples), *made.shape[1:-1]), made.dtype)
        for result, chosen in self._passes(samples):
            total += result
            outputs[chosen] = out_of_lanes(made, len(chosen))
        return total, outputs, self.network.targets_of(samples)

    def _passes(self, samples: Samples) -> Iterator[tuple[SplitResult, Ints]]:
        """Evaluate all `samples`, as many as fit at once; yield the result and the indices of each.

        While one is yielded, its outputs are in the network.
        """
        self._check(samples)
        for chosen in in_order(np.arange(len(samples)), self.capacity):
            blocks = self._load(samples, chosen)
            self._run(self._evaluation, samples, blocks)
            yield self._result(), chosen

    def _check(self, samples: Samples) -> None:
        """Raise ValueError where the network cannot take `samples`; checked once for each set."""
        if id(samples) in self._checked:
            return
        check_samples(samples, self.network.first.name, self.network.first.input)
        if len(self._checked) == MOST_SETS:
            self._checked.clear()
            self._programs.clear()
        self._checked[id(samples)] = samples

    def _load(self, samples: Samples, chosen: Ints) -> int:
        """Set indices, lengths and targets of the next samples; returns their number of blocks."""
        self._check(samples)
        if not len(chosen):
            raise ValueError(f"{self.network.first.name}: got an empty batch")
        count, blocks = len(chosen), -(-len(chosen) // LANES)
        self.network.batch.active[0] = blocks
        self._indices[:count] = chosen
        self._indices[count : blocks * LANES] = -1
        lengths = self._lengths
        lengths[:count] = self.network.steps if samples.lengths is None else samples.lengths[chosen]
        lengths[count:] = 0
        self.network.set_targets(samples.targets[chosen])
        return blocks

    def _load_training(self, samples: Samples, chosen: Ints, changes: Ints) -> int:
        """Load the next samples with their changes; returns their number of blocks."""
        if self.augmented:
            self._changes[: len(chosen)] = changes[chosen]
        return self._load(samples, chosen)

    def _result(self) -> SplitResult:
        """The result of the samples loaded last."""
        loss, correct = self.network.loss.loss_sums.tolist()
        weight, count = self.network.loss.weight_sums.tolist()
        return SplitResult(loss * weight, weight, int(correct) if count else 0, int(count))

    def _run(
        self, make: Callable[[Samples, int], list[Phase]], samples: Samples, blocks: int
    ) -> None:
        """Run the phases that `make` returns for so many blocks; their program is kept."""
        key = id(samples), blocks, make.__name__, self.pool.threads
        if key not in self._programs:
            self._programs[key] = Program(make(samples, blocks))
        self.pool.run(self._programs[key])

    def _step(self, samples: Samples, blocks: int) -> list[Phase]:
        """Forward and backward by blocks; sum of gradients; update; packing and step record."""
        network, losses = self.network, flat(self.network.loss.losses[:blocks])

        def forward_and_backward(own: slice) -> list[Call]:
            return [*network.forward(own), *network.backward(own)]

        return [
            self._by_blocks(forward_and_backward, samples, blocks, training=True),
            self._by_threads(partial(network.reduce, blocks)),
            self._by_threads(partial(self.optimizer.update, losses)),
            self._by_threads(partial(self._close, blocks)),
        ]

    def _close(self, blocks: int, part: int, parts: int) -> list[Call]:
        """Pack the new weights; the first thread sums the losses and records the step."""
        calls = self.network.pack(part, parts)
        if part == 0:
            calls.append(self.network.loss.add_up(blocks))
            calls += self.recorder.calls() if self.recorder else []
        return calls

    def _evaluation(self, samples: Samples, blocks: int) -> list[Phase]:
        """Forward by blocks, then the sum of their losses."""
        sums = self._by_first_thread([self.network.loss.add_up(blocks)])
        return [self._by_blocks(self.network.evaluate, samples, blocks, training=False), sums]

    def _statistics(self, samples: Samples, blocks: int) -> list[Phase]:
        """Forward by blocks in training mode, then the update of the running averages."""
        averages = self._by_first_thread(
            [call for norm in self.network.norms for call in norm.average()]
        )
        return [self._by_blocks(self.network.forward, samples, blocks, training=True), averages]

    def _by_blocks(
        self, make: Callable[[slice], list[Call]], samples: Samples, blocks: int, training: bool
    ) -> Phase:
        """For each thread: gather its blocks of samples, then the calls of `make` for them."""

        def calls(part: int, parts: int) -> list[Call]:
            first, last = share(blocks, part, parts)
            if first == last:  # no blocks: only the barriers, which all threads must reach
                return [call for call in make(slice(0, 1)) if call is BARRIER]
            own = slice(first, last)
            return [self._gather(samples, own, training), *make(own)]

        return self._by_threads(calls)

    def _gather(self, samples: Samples, blocks: slice, training: bool) -> Call:
        """The call that copies the samples at `_indices` into the lanes of these blocks."""
        lanes = slice(blocks.start * LANES, blocks.stop * LANES)
        arrays = flat(self.network.inputs[blocks]), samples.inputs, self._indices[lanes]
        lengths = self._lengths[lanes]
        if samples.inputs.dtype == np.int32:
            return partial(gather_tokens, *arrays, lengths)
        if training and self.augmented:
            height, width = self.network.inputs.shape[2:4]
            return partial(gather_augmented, *arrays, self._changes[lanes], height, width)
        return partial(gather_numbers, *arrays, lengths, self.network.steps)

    def _by_first_thread(self, calls: list[Call]) -> Phase:
        """A phase in which the first thread makes all calls."""
        return [calls if part == 0 else [] for part in range(self.pool.threads)]

    def _by_threads(self, make: Callable[[int, int], list[Call]]) -> Phase:
        return [make(part, self.pool.threads) for part in range(self.pool.threads)]
