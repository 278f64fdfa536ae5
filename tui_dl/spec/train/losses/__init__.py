"""Losses: what each compares the network's output with, and what the network must end in.

One file a kind, or a few that are alike; a file that is here is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tui_dl.spec.train.losses.base import Loss
from tui_dl.support.registry import declarations, union

LOSSES: dict[str, type[Loss]] = declarations(__name__, Loss)

if TYPE_CHECKING:
    AnyLoss: TypeAlias = Loss
else:
    AnyLoss = union(LOSSES)
