"""A generated stream of points on both sides of a line that turns over time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tui_dl.data.dataset import Dataset, Samples
from tui_dl.spec.data.drift import Drift
from tui_dl.support.rng import stream

STILL = 0.25  # of the time, before the turn and after it


def load(source: Drift, seed: int) -> Dataset:
    """Points from a normal distribution, in the order in which they come.

    Section k of the validation samples comes right after section k of the training samples, and
    the test samples come after everything.
    """
    random = stream(seed, "drift")
    train, validation, test = source.splits
    for_validation = validation // source.sections
    times = np.arange(train) / train
    after = np.repeat(np.arange(1, source.sections + 1) / source.sections, for_validation)
    parts = (_points(source, it, random) for it in (times, after, np.ones(test)))
    return Dataset(*parts)


def _points(source: Drift, times: npt.NDArray[np.float64], random: np.random.Generator) -> Samples:
    """A point at each time from 0 to 1; it is above where it is beyond the line of that time."""
    turned = np.clip((times - STILL) / (1 - 2 * STILL), 0, 1) * np.radians(source.turn)
    across = np.stack([-np.sin(turned), np.cos(turned)], axis=1)  # at right angles to the line
    points = random.normal(size=(len(times), 2))
    distances = (points * across).sum(axis=1) + random.normal(0, source.noise, len(times))
    return Samples(points.astype(np.float32), (distances > 0).astype(np.int32))
