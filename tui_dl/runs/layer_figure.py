"""One figure of every layer, such as its gradient norm, over the steps up to some moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

FigureKind = Literal["gradient", "update_ratio", "weight_norm", "dead", "saturated"]
MOST_LAYERS = 200  # that figures are kept of, evenly spaced: more than any terminal has rows for


@dataclass(frozen=True)
class LayerFigure:
    """A figure by time and by layer.

    Attributes:
        kind: which figure.
        layers: the names of the layers, from the input down.
        count: how many layers there are, where only some of them have figures.
        step: after which step `now` was taken.
        now: the figures at the moment, by layer.
        ends: the step with which each part of the past ends; the next one begins after it.
        past: the figures of each part, by layer.
    """

    kind: FigureKind
    layers: Sequence[str]
    count: int
    step: int
    now: Sequence[float]
    ends: Sequence[int]
    past: Sequence[Sequence[float]]


def some_layers(count: int) -> list[int]:
    """The numbers of at most `MOST_LAYERS` of `count` layers, the first and the last among them."""
    return evenly(count, MOST_LAYERS)


def evenly(count: int, most: int) -> list[int]:
    """At most `most` of the numbers below `count`, evenly spaced, the first and the last too."""
    shown = min(count, max(most, 2))
    return [round(place * (count - 1) / max(shown - 1, 1)) for place in range(shown)]
