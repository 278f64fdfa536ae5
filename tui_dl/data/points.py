"""What all generated points of the plane share: order, noise, and labels that are wrong."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tui_dl.data.dataset import Samples
from tui_dl.data.label_noise import Labels, with_noise
from tui_dl.spec.data.points import Points

Doubles = npt.NDArray[np.float64]


def samples(source: Points, exact: Doubles, labels: Labels, random: np.random.Generator) -> Samples:
    """Points in random order, moved by the source's noise, with its share of wrong labels.

    Args:
        source: says how much noise there is.
        exact: (samples, 2) points without noise.
        labels: (samples,) their classes.
        random: the random numbers of the source.
    """
    order = random.permutation(len(exact))
    points = exact[order] + random.normal(0, source.noise, exact.shape)
    found = with_noise(labels[order], source.label_noise, source.classes, random)
    return Samples(points.astype(np.float32), found)


def shares(count: int, parts: int) -> Labels:
    """(count,) numbers below `parts` in order, each about equally often: 0, 0, 1, 1."""
    return np.arange(count) * parts // count


def along(parts: Labels) -> Doubles:
    """(count,) evenly spaced numbers from 0 up to 1, anew for each part of `shares`."""
    places: list[Doubles] = [np.linspace(0, 1, size, endpoint=False) for size in np.bincount(parts)]
    return np.concatenate(places)
