"""What the optimisers share: weights in blocks, and the norms each update leaves behind.

All weights lie in one array; every tensor begins at a multiple of BLOCK, so a block belongs to one
tensor and its three sums of squares - of gradient, update and weights - can be added up by tensor.
"""

from __future__ import annotations

from math import isfinite

from tui_dl.kernels.core.jit import Array, inline

CHUNK = 256


@inline
def all_finite(losses: Array) -> bool:
    """Whether all losses are finite; if not, an update would poison the weights."""
    finite = True
    for loss in losses:
        finite = finite and isfinite(loss)
    return finite
