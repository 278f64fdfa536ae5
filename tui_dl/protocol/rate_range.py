"""The result of a learning-rate range test."""

from __future__ import annotations

import msgspec


class RateRange(msgspec.Struct, frozen=True):
    """Losses of mini-batches at learning rates that rise from step to step.

    Attributes:
        rates: the learning rate of each step.
        losses: the loss of each step's mini-batch, before its update.
        smooth: the same, smoothed over the neighbouring steps.
        suggestion: the rate at which the smoothed loss falls fastest; None where it never falls.
        diverged: the rate at which training diverged, which ended the test; None if it did not.
    """

    rates: list[float]
    losses: list[float]
    smooth: list[float]
    suggestion: float | None
    diverged: float | None
