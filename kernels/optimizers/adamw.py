"""adamw: adam with a weight decay that is not divided by the root; see `adam`."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from tui_dl.kernels.optimizers.adam import RULE, AdamFields, settings
from tui_dl.kernels.optimizers.base import OptimizerKernel, Rule


class AdamWFields(AdamFields, Protocol):
    """What is read of the optimizer's table."""

    @property
    def weight_decay(self) -> float: ...


class AdamW(OptimizerKernel):
    """Adam whose weights also shrink."""

    def choose(self, fields: AdamWFields) -> tuple[Rule, NamedTuple]:
        return RULE, settings(fields, fields.weight_decay)
