"""History of a run that the rules examine: plain numbers that are saved in checkpoints.

So a resumed run reports the same as an uninterrupted one, and nothing twice. The unit of time is a
stretch: as many whole epochs as it takes to make a few steps.
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
LEAST = 3  # steps of a stretch, at least: with batch gradient descent an epoch is one step
RECENT = 20  # stretches
MEDIAN = 5  # stretches of a median: a single loss may be low by chance
HUGE = 1e30  # in place of a value that is not finite


class Stretch(msgspec.Struct, frozen=True):
    """Figures of a stretch, mostly one epoch; norms and ratios are medians over its steps."""

    epoch: int  # the last one
    step: int  # its last
    train_loss: float
    validation_loss: float
    learning_rate: float
    gradient_norm: float
    largest_norm: float  # the largest of all steps
    gradient: list[float]  # norm, by trained layer
    update: list[float]  # norm over that of the weights, by trained layer


class Losses(msgspec.Struct, frozen=True):
    """Median losses of the last few stretches up to an epoch."""

    epoch: int
    train: float
    validation: float


class Memory(msgspec.Struct):
    """The history of a run, and the diagnoses reported.

    Attributes:
        first_loss: loss of the first mini-batch.
        begun: last step before the present stretch.
        steps: sampled steps of the present stretch: gradient norm, then norms and update ratios
            by layer.
        losses: training losses of the epochs of the present stretch.
        largest_norm: largest gradient norm of the present stretch.
        learning_rate: of the last sampled step.
        stretches: the last `RECENT` ones.
        curve: the training loss of the whole run.
        best: median losses at the lowest median validation loss.
        lowest: lowest validation loss of a single stretch.
        waited: stretches since `best` or `lowest` improved.
        probes: the last two probes of activations, by layer.
        probed: step of the last probe.
        said: kinds of the diagnoses reported.
        advised: the remedy last advised against a divergence.
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

    def add_steps(self, records: npt.NDArray[np.void], batch: int, steps: int) -> None:
        """Add consecutive steps; the first is number `batch`, from 1, of an epoch of `steps`."""
        self.largest_norm = max(self.largest_norm, float(records["gradient_norm"].max()))
        if self.first_loss is None:
            self.first_loss = float(records["loss"][0])
        every = -(-steps // SAMPLED)
        if len(some := records[(1 - batch) % every :: every]):
            by_layer = some["layer_gradient_norm"], some["layer_update_ratio"]
            self.steps += np.column_stack([some["gradient_norm"], *by_layer]).tolist()
            self.learning_rate = float(some["learning_rate"][-1])

    def add_epoch(self, ended: EpochEnded, activations: dict[str, Activation]) -> bool:
        """Add an epoch and its probe, empty where none was due; True where a stretch ends here."""
        if activations:
            self.probes = [*self.probes, activations][-2:]
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
