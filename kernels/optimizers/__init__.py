"""Optimizers: one file a kind, which has the one class of that kind; and what goes with any.

base      the loop over all weights, which an optimizer's rule is compiled with
clip      clipping of gradients, and the gradients of weight penalties
average   the average of the weights
"""

from tui_dl.kernels.core.registry import class_of
from tui_dl.kernels.optimizers.base import OptimizerKernel


def of(kind: str) -> type[OptimizerKernel]:
    """The optimizer of this kind; see `class_of`."""
    return class_of(__name__, kind, OptimizerKernel)
