"""What the meters show of a step, by layer, from the sums of squares its update left behind."""

from __future__ import annotations

from math import sqrt

import numpy as np

from tui_dl.kernels.jit import Array, Ints, kernel
from tui_dl.kernels.update import GRADIENT, UPDATE, WEIGHT


@kernel("void(f4[::1], f4[::1], f4[::1], f4[:, ::1], f4[::1], i8[::1])")
def norms(
    gradient: Array, of_layer: Array, ratio: Array, squares: Array, unclipped: Array, starts: Ints
) -> None:
    """Euclidean norms from sums of squares by block; layer l has blocks starts[l]..starts[l+1]-1.

    Args:
        gradient: (1,) norm of the whole gradient.
        of_layer: (layers,) norm of each layer's gradient.
        ratio: (layers,) norm of each layer's update over that of its weights.
        squares: (blocks, 3) of gradient, update and weights.
        unclipped: (blocks,) of the gradient where it was changed before the update; else empty.
        starts: (layers + 1,).
    """
    every = 0.0
    for layer in range(of_layer.size):
        slope, step, size = 0.0, 0.0, 0.0
        for block in range(starts[layer], starts[layer + 1]):
            slope += unclipped[block] if unclipped.size else squares[block, GRADIENT]
            step += squares[block, UPDATE]
            size += squares[block, WEIGHT]
        of_layer[layer] = sqrt(slope)
        ratio[layer] = np.float32(sqrt(step) / max(sqrt(size), 1e-30))
        every += slope
    gradient[0] = sqrt(every)
