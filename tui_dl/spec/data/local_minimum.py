"""Points for which the loss of a tanh unit of two weights has a local minimum."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.data.points import PlaneRegression


class LocalMinimum(PlaneRegression, frozen=True, kw_only=True, tag="local_minimum"):
    """Generated points in three groups; each group has one target.

    The mean squared error of tanh(w1 x1 + w2 x2) has two minima on the way from weights of 0.

    Attributes:
        rare: the share of the third group, that makes the nearer minimum: more is deeper.
    """

    samples: Annotated[int, msgspec.Meta(ge=1000, le=100_000)] = 6000
    rare: Annotated[float, msgspec.Meta(ge=0, le=0.1)] = 0.01
