"""A variant: named overrides of an experiment, trained beside it from the same start."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from tui_dl.spec.train.table import Table

VariantName = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]{0,23}$")]


class Variant(Table, frozen=True):
    """Overrides by key path, such as ``train.optimizer.kind``, with values as in the file."""

    name: VariantName
    set: dict[str, Any]
