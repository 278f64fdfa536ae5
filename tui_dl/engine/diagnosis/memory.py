"""What is remembered of a run: plain numbers that fit into a checkpoint.

So what was said before an interruption is not said again, and all else is as without one.
"""

from __future__ import annotations

from math import isfinite

import msgspec
import numpy as np

from tui_dl.engine.meters import Records
from tui_dl.events import Activation, EpochEnded

SAMPLED = 16  # steps of an epoch that are enough for its medians
RECENT = 20  # epochs
HUGE = 1e30  # stands for what is not finite


class Epoch(msgspec.Struct, frozen=True):
    """What an epoch comes down to; norms and ratios are medians over its steps."""

    epoch: int
    train_loss: float
    validation_loss: float
    learning_rate: float
    gradient_norm: float
    largest_norm: float  # of any step
    gradient: list[float]  # norm, by trained layer
    update: list[float]  # norm over that of the weights, by trained layer


class Memory(msgspec.Struct):
    """What rules look at, and what they have said.

    Attributes:
        first_loss: of the first mini-batch, so of a network that knows nothing.
        steps: gradient norm, then norms and update ratios by layer, of steps of this epoch.
        epochs: the last ones.
        best: the one of the lowest validation loss.
        probes: the last two looks at activations, by layer.
        probed: step of the last one.
        said: kinds of diagnoses.
        advised: what was last proposed against a training that blows up.
    """

    first_loss: float | None = None
    steps: list[list[float | None]] = []
    largest_norm: float = 0.0
    learning_rate: float = 0.0
    epochs: list[Epoch] = []
    best: Epoch | None = None
    probes: list[dict[str, Activation]] = []
    probed: int = 0
    said: list[str] = []
    advised: str = ""

    def take(self, records: Records, batch: int, steps: int) -> None:
        """Take in steps, the first of them the `batch`-th, from 1, of its epoch of so many."""
        self.largest_norm = max(self.largest_norm, float(records["gradient_norm"].max()))
        if self.first_loss is None:
            self.first_loss = float(records["loss"][0])
        every = -(-steps // SAMPLED)
        if len(some := records[(1 - batch) % every :: every]):
            by_layer = some["layer_gradient_norm"], some["layer_update_ratio"]
            self.steps += np.column_stack([some["gradient_norm"], *by_layer]).tolist()
            self.learning_rate = float(some["learning_rate"][-1])

    def close(self, ended: EpochEnded) -> None:
        """Make an `Epoch` of the steps taken in."""
        rows = np.sort(np.array(self.steps or [[]], np.float64), axis=0)
        norm, *by_layer = [_finite(value) for value in rows[len(rows) // 2]] or [0.0]
        layers = len(by_layer) // 2
        it = Epoch(
            ended.epoch,
            _finite(ended.train_loss),
            _finite(ended.validation_loss),
            self.learning_rate,
            norm,
            self.largest_norm,
            by_layer[:layers],
            by_layer[layers:],
        )
        self.epochs = [*self.epochs, it][-RECENT:]
        if self.best is None or it.validation_loss < self.best.validation_loss:
            self.best = it
        if ended.activations:
            self.probes = [*self.probes, ended.activations][-2:]
            self.probed = ended.step
        self.steps, self.largest_norm = [], 0.0


def _finite(value: float | None) -> float:
    return float(value) if value is not None and isfinite(value) else HUGE
