"""The result of a learning-rate range test."""

from __future__ import annotations

import msgspec


class RateRange(msgspec.Struct, frozen=True):
    """Losses of the same samples at learning rates that rise from step to step.

    Attributes:
        rates: the learning rate of each step.
        losses: the mean loss of the samples before each step.
        smooth: the same, smoothed over the neighbouring steps.
        suggestion: the rate at which the smoothed loss falls fastest; None where it never falls
            below that of the best constant answer.
        diverged: the rate at which training diverged, which ended the test; None if it did not.
    """

    rates: list[float]
    losses: list[float]
    smooth: list[float]
    suggestion: float | None
    diverged: float | None
