"""What the figures of layers are called, how they are scaled, and when they are a fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import NamedTuple

import numpy as np

from tui_dl.drawing.arrays import Numbers
from tui_dl.protocol.thresholds import DEAD, SATURATED, VANISHING
from tui_dl.runs.layer_figure import FigureKind, LayerFigure
from tui_dl.support.formatting import percent, short

MOST_DECADES = 16  # powers of ten that a scale spans: what is lower looks like the lowest


class Meaning(NamedTuple):
    """What a figure is called and how it is read.

    Attributes:
        title: the figure.
        unit: what its numbers are of.
        decades: the least powers of ten that its scale spans; 0: the scale is linear, 0 to 1.
        say: a number as `tui-dl show` writes it.
        fault: what is said of a layer beyond the threshold; nothing where there is none.
        threshold: from where on that is, or below which.
    """

    title: str
    unit: str
    decades: int
    say: Callable[[float], str]
    fault: str = ""
    threshold: float = 0.0


MEANINGS: dict[FigureKind, Meaning] = {
    "gradient": Meaning("Gradient norm", "norm", 5, short, "vanishing", VANISHING),
    "update_ratio": Meaning("Update / weight ratio", "a step", 4, short),
    "weight_norm": Meaning("Weight norm", "norm", 2, short),
    "dead": Meaning("Dead units", "of units", 0, percent, "dead", DEAD),
    "saturated": Meaning("Saturated outputs", "of outputs", 0, percent, "saturated", SATURATED),
}


@dataclass(frozen=True)
class Scale:
    """A range of numbers; of their powers of ten where it is logarithmic."""

    low: float
    high: float
    log: bool

    def places(self, values: Numbers) -> Numbers:
        """Where `values` are, from 0 to 1; NaN where one is not finite."""
        if self.log:
            with np.errstate(divide="ignore", invalid="ignore"):
                powers = np.where(values > 0, np.log10(np.maximum(values, 0)), -np.inf)
        else:
            powers = values
        places = np.clip((powers - self.low) / (self.high - self.low), 0.0, 1.0)
        return np.where(np.isfinite(values), places, np.nan)

    @property
    def labels(self) -> tuple[str, str]:
        """What stands at its ends."""
        if self.log:
            return f"1e{self.low:.0f}", f"1e{self.high:.0f}"
        return f"{self.low:.0%}", f"{self.high:.0%}"


def scale_of(figure: LayerFigure) -> Scale:
    """The scale that holds all numbers of `figure`, and its threshold."""
    meaning = MEANINGS[figure.kind]
    if not meaning.decades:
        return Scale(0.0, 1.0, log=False)
    values = np.array([*figure.past, figure.now], np.float64)
    values = values[np.isfinite(values) & (values > 0)]
    high = ceil(log10(values.max())) if values.size else 0
    low = min(floor(log10(values.min())) if values.size else 0, high - meaning.decades)
    if (limit := threshold(figure)) > 0:
        low = min(low, floor(log10(limit)))
    low -= (high - low) % 2  # there is a whole power of ten in the middle
    return Scale(max(low, high - MOST_DECADES), high, log=True)


def threshold(figure: LayerFigure) -> float:
    """From where on a number of `figure` is a fault at the moment, or below which; else 0."""
    meaning = MEANINGS[figure.kind]
    if figure.kind != "gradient":
        return meaning.threshold
    last = figure.now[-1] if figure.now else 0.0
    limit = meaning.threshold * last
    return limit if 0 < limit < float("inf") else 0.0


def faults(figure: LayerFigure, values: Numbers) -> Numbers:
    """Where `values` (..., layers) are beyond the threshold; a gradient is measured by the last."""
    meaning = MEANINGS[figure.kind]
    if not meaning.fault:
        return np.zeros(values.shape, bool)
    with np.errstate(invalid="ignore", over="ignore"):
        if figure.kind == "gradient":
            return np.asarray(values < meaning.threshold * values[..., -1:])
        return np.asarray(values >= meaning.threshold)
