"""Chunks of weights, in which optimizers work, and the check for a finite loss.

All weights are in one array, and every tensor begins at a multiple of CHUNK. So a chunk belongs to
one tensor, and its sums of squares - of gradient, update and weights - can be added up by tensor.
"""

from __future__ import annotations

from math import isfinite

from tui_dl.kernels.core.jit import Array, inline

CHUNK = 256  # weights


@inline
def all_finite(losses: Array) -> bool:
    """Whether all losses are finite; if not, an update would make the weights NaN."""
    finite = True
    for loss in losses:
        finite = finite and isfinite(loss)
    return finite
