"""Base class of the tables in ``[train]``, and the ranges of their numbers."""

from __future__ import annotations

from typing import Annotated

import msgspec

Rate = Annotated[float, msgspec.Meta(ge=1e-12, le=1_000)]  # less is 0 to 32 bits
Share = Annotated[float, msgspec.Meta(gt=0, lt=1)]
Decay = Annotated[float, msgspec.Meta(ge=0, lt=1)]
Amount = Annotated[float, msgspec.Meta(ge=0, le=1_000)]


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the experiment file; unknown keys are refused."""
