"""Optimizers: the keys of each; the arithmetic is in ``kernels/optimizers``.

One file a kind, or a few that are alike; a file that is here is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tui_dl.spec.train.optimizers.base import Optimizer
from tui_dl.support.registry import declarations, union

OPTIMIZERS: dict[str, type[Optimizer]] = declarations(__name__, Optimizer)

if TYPE_CHECKING:
    AnyOptimizer: TypeAlias = Optimizer
else:
    AnyOptimizer = union(OPTIMIZERS)
