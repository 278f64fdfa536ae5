"""The base of all optimizers."""

from __future__ import annotations

from typing import ClassVar

from tui_dl.spec.train.table import Rate, Table


class Optimizer(Table, frozen=True, tag_field="kind"):
    """One update of all weights.

    Attributes:
        is_adaptive: each weight's steps are scaled, so that they stay as large where the gradient
            is small.
    """

    is_adaptive: ClassVar[bool] = True

    learning_rate: Rate = 0.001  # unless a kind has another by default

    @property
    def arrays(self) -> int:
        """How many arrays as large as all weights it keeps."""
        raise NotImplementedError
