"""What is remembered of a run: plain numbers that fit into a checkpoint.

So what was said before an interruption is not said again, and all else is as without one. Time is
told in stretches of a run: whole epochs, as many as it takes to hold some steps.
"""

from __future__ import annotations

from math import isfinite
from statistics import mean, median

import msgspec
import numpy as np
import numpy.typing as npt

from tui_dl.engine.diagnosis.trend import Curve
from tui_dl.protocol.events import Activation, EpochEnded

SAMPLED = 16  # steps of an epoch that are enough for its medians
LEAST = 3  # steps of a stretch: of batch gradient descent an epoch is one step
RECENT = 20  # stretches
MEDIAN = 5  # stretches whose median losses are compared: a single one may be lucky
HUGE = 1e30  # stands for what is not finite


class Stretch(msgspec.Struct, frozen=True):
    """What some epochs, mostly one, come down to; norms and ratios are medians over steps."""

    epoch: int  # the last one
    step: int  # its last
    train_loss: float
    validation_loss: float
    learning_rate: float
    gradient_norm: float
    largest_norm: float  # of any step
    gradient: list[float]  # norm, by trained layer
    update: list[float]  # norm over that of the weights, by trained layer


class Losses(msgspec.Struct, frozen=True):
    """Median losses of a few stretches, up to an epoch."""

    epoch: int
    train: float
    validation: float


class Memory(msgspec.Struct):
    """What rules look at, and what they have said.

    Attributes:
        first_loss: of the first mini-batch.
        begun: the last step of the stretch before the one under way.
        steps: gradient norm, then norms and update ratios by layer, of steps of this stretch.
        losses: of training, of the epochs of this stretch.
        stretches: the last ones.
        curve: the training loss from the beginning on.
        best: the epoch of the lowest median validation loss.
        lowest: validation loss of any stretch.
        waited: stretches since neither of both was better.
        probes: the last two looks at activations, by layer.
        probed: step of the last one.
        said: kinds of diagnoses.
        advised: what was last proposed against a training that blows up.
    """

    first_loss: float | None = None
    begun: int = 0
    steps: list[list[float | None]] = []
    losses: list[float] = []
    largest_norm: float = 0.0
    learning_rate: float = 0.0
    stretches: list[Stretch] = []
    curve: Curve = msgspec.field(default_factory=Curve)
    best: Losses | None = None
    lowest: float = HUGE
    waited: int = 0
    probes: list[dict[str, Activation]] = []
    probed: int = 0
    said: list[str] = []
    advised: str = ""

    def take(self, records: npt.NDArray[np.void], batch: int, steps: int) -> None:
        """Take in steps, the first of them the `batch`-th, from 1, of its epoch of so many."""
        self.largest_norm = max(self.largest_norm, float(records["gradient_norm"].max()))
        if self.first_loss is None:
            self.first_loss = float(records["loss"][0])
        every = -(-steps // SAMPLED)
        if len(some := records[(1 - batch) % every :: every]):
            by_layer = some["layer_gradient_norm"], some["layer_update_ratio"]
            self.steps += np.column_stack([some["gradient_norm"], *by_layer]).tolist()
            self.learning_rate = float(some["learning_rate"][-1])

    def close(self, ended: EpochEnded) -> bool:
        """Take in an epoch; True where a stretch ends with it."""
        if ended.activations:
            self.probes = [*self.probes, ended.activations][-2:]
            self.probed = ended.step
        self.losses = [*self.losses, _finite(ended.train_loss)]
        if ended.step - self.begun < LEAST:
            return False
        rows = np.sort(np.array(self.steps or [[]], np.float64), axis=0)
        norm, *by_layer = [_finite(value) for value in rows[len(rows) // 2]] or [0.0]
        layers = len(by_layer) // 2
        it = Stretch(
            ended.epoch,
            ended.step,
            mean(self.losses),
            _finite(ended.validation_loss),
            self.learning_rate,
            norm,
            self.largest_norm,
            by_layer[:layers],
            by_layer[layers:],
        )
        self.stretches = [*self.stretches, it][-RECENT:]
        self.curve.add(it.train_loss)
        self._keep_best()
        self.begun, self.steps, self.losses, self.largest_norm = ended.step, [], [], 0.0
        return True

    def _keep_best(self) -> None:
        self.waited += 1
        if self.stretches[-1].validation_loss < self.lowest:
            self.lowest, self.waited = self.stretches[-1].validation_loss, 0
        if len(self.stretches) < MEDIAN:
            return
        now = self.now
        if now.validation < HUGE and (self.best is None or now.validation < self.best.validation):
            self.best, self.waited = now, 0

    @property
    def now(self) -> Losses:
        """Median losses of the last few stretches."""
        recent = self.stretches[-MEDIAN:]
        train = median(it.train_loss for it in recent)
        return Losses(recent[-1].epoch, train, median(it.validation_loss for it in recent))


def _finite(value: float | None) -> float:
    return float(value) if value is not None and isfinite(value) else HUGE
