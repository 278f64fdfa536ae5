"""The ``[train.clip]`` table: gradient clipping."""

from __future__ import annotations

from tui_dl.spec.train.table import Rate, Table


class Clip(Table, frozen=True):
    """The most that gradients may be: the norm of all together, or each number's size."""

    norm: Rate | None = None
    value: Rate | None = None

    def __post_init__(self) -> None:
        if (self.norm is None) == (self.value is None):
            raise ValueError("clips by one of both: give norm or value")
