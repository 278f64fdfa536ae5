"""What a screen asks of a run's curves: a part of them, their smoothing, numbers at a cursor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CurveRequest:
    """What is asked of the curves besides the moment up to which they go.

    Attributes:
        window: the first and the last epoch that are shown; None for the whole run.
        smoothing: epochs over whose steps the mean is taken; 0 for none.
        cursor: the step whose numbers are wanted, from 1.
    """

    window: tuple[float, float] | None = None
    smoothing: float = 1.0
    cursor: int | None = None


WHOLE = CurveRequest()


def mean_of(smoothing: float, per_epoch: int) -> int:
    """Steps in `smoothing` epochs of `per_epoch` steps, at least 1."""
    return max(round(smoothing * per_epoch), 1)
