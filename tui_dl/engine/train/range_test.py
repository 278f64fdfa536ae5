"""The learning-rate range test (Smith 2017, section 3.3): at which rate the loss falls fastest.

The rate rises exponentially from one mini-batch to the next, and what the loss does is recorded. It
is the loss of the same samples at every rate, the probe's: losses of mini-batches differ by a
multiple where targets have a long tail, and tell of the mini-batch then, not of the rate.

As in fastai and PyTorch Lightning the suggestion is the steepest descent of the smoothed loss over
the logarithm of the rate, and the test ends where the loss is a multiple of its lowest; but not
before it is above the first, for the loss of a small data set may fall to nearly 0. A fall to the
loss of the best constant answer, which the last layer's bias alone can learn, is no sign of a good
rate: what counts is the fall below it. Smoothing is by neighbours on both sides: an average of the
past alone would say that the loss falls later.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from math import isfinite

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.engine.diagnosis.bounds import Bounds
from tui_dl.engine.train.augment import augmentations
from tui_dl.engine.train.batches import batches, in_order
from tui_dl.engine.train.checks.subject import Subject
from tui_dl.engine.train.step import Stepper
from tui_dl.engine.train.trainer import Trainer
from tui_dl.kernels.core.jit import Ints
from tui_dl.protocol.rate_range import RateRange
from tui_dl.support.errors import UserError

Doubles = npt.NDArray[np.float64]

LOWEST, HIGHEST = 1e-7, 10.0
STEPS = 320  # 40 a decade
NEIGHBOURS = 12.0  # steps: the deviation of the bell curve that smooths
DIVERGED = 4.0  # times the lowest loss so far, and more than the first
PROBE = 512  # samples whose loss is measured
RECENT = 5  # steps whose mean is compared with it
LEAST_FALL = 0.02  # of the first loss: less is no fall, where no constant answer is beaten
BELOW = 0.25  # of the fall below the best constant answer is done at the suggestion


def range_test(trainer: Trainer) -> RateRange:
    """Train from the trainer's position with rising rates, and suggest one; the weights are lost.

    Raises:
        UserError: the loss is not finite from the start.
    """
    stepper, optimizer = trainer.stepper, trainer.stepper.optimizer
    probe = Subject(trainer).take(PROBE)
    rates = np.geomspace(LOWEST, HIGHEST, STEPS)
    losses: list[float] = []
    lowest, diverged = np.inf, None
    for rate, (chosen, changes) in zip(rates.tolist(), _batches(trainer), strict=False):
        optimizer.learning_rate = rate
        loss = _loss(stepper, probe)
        stepper.step(trainer.dataset.train, chosen, changes)
        trainer.recorder.take()
        if not isfinite(loss) or not isfinite(trainer.recorder.gradient_norm):
            diverged = rate
            break
        losses.append(loss)
        recent = float(np.mean(losses[-RECENT:]))
        lowest = min(lowest, recent)
        if recent > max(DIVERGED * lowest, losses[0]):
            diverged = rate
            break
    if not losses:
        raise UserError("the loss is not finite at the first step: see `tui-dl check --deep`")
    smooth = smoothed(np.array(losses))
    level = losses[0] - LEAST_FALL * abs(losses[0])
    if Bounds.are_known(trainer.experiment):
        blank = Bounds(trainer.experiment, probe).blank
        level = blank if blank < losses[0] else level
    found = steepest(smooth, level) if min(losses) < level else None
    return RateRange(
        rates=rates[: len(losses)].tolist(),
        losses=losses,
        smooth=smooth.tolist(),
        suggestion=None if found is None else float(rates[found]),
        diverged=diverged,
    )


def _loss(stepper: Stepper, probe: Samples) -> float:
    """The loss of the probe by the present weights; batch norms take the probe's own statistics."""
    if stepper.network.norms:
        order = in_order(np.arange(len(probe)), stepper.capacity)
        stepper.measure_statistics(probe, order, np.zeros((len(probe), 3), np.int64))
    return stepper.evaluate(probe).loss


def _batches(trainer: Trainer) -> Iterator[tuple[Ints, Ints]]:
    """The mini-batches of all epochs, as in training, with the changes of their samples."""
    samples, seed = len(trainer.dataset.train), trainer.config.seed
    for epoch in count(1):
        changes = augmentations(trainer.experiment.data.augment, samples, seed, epoch)
        for chosen in batches(trainer.batch_sizes.of(0), samples, seed, epoch):
            yield chosen, changes


def smoothed(losses: Doubles) -> Doubles:
    """(steps,) means of the losses around each step, weighted by a bell curve."""
    steps = np.arange(len(losses))
    weights = np.exp(-(((steps[:, None] - steps) / NEIGHBOURS) ** 2) / 2)
    return np.asarray((weights * losses).sum(axis=1) / weights.sum(axis=1))


def steepest(smooth: Doubles, level: float) -> int | None:
    """The step at which the smoothed loss falls fastest, before its lowest; None if it never does.

    It is one at which a share of the fall below `level` is done, if the smoothed loss gets there:
    where that begins the fall to `level` may not have ended. The steps' rates are equally far apart
    by their logarithm, so the slope by step will do.
    """
    end = int(smooth.argmin())
    if end < 1:
        return None
    level -= BELOW * max(level - smooth[end], 0)
    below = np.flatnonzero(smooth[: end + 1] < level)
    start = int(below[0]) if len(below) else 0
    return start + int(np.gradient(smooth[: end + 1])[start:].argmin())
