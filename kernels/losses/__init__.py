"""Losses: one file a kind, which has the one class of that kind.

base        what every loss offers
pointwise   the base of losses that compare every output with its own target
"""

from tui_dl.kernels.core.registry import class_of
from tui_dl.kernels.losses.base import Loss


def of(kind: str) -> type[Loss]:
    """The loss of this kind; see `class_of`."""
    return class_of(__name__, kind, Loss)
