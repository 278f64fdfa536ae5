"""How long an epoch of an experiment takes on this machine, as it was measured."""

from __future__ import annotations

import msgspec


class MeasuredTime(msgspec.Struct, frozen=True):
    """The time of an epoch, with its evaluation, and how a step's time divides over the layers.

    Attributes:
        epoch_seconds: of an epoch as the worker makes it.
        layers: milliseconds of a mini-batch by layer, forward and backward, on one thread.
    """

    epoch_seconds: float
    layers: dict[str, float]
