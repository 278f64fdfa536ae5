"""What the optimisers share: weights in blocks, and the norms each update leaves behind.

All weights lie in one array; every tensor begins at a multiple of BLOCK, so a block belongs to one
tensor and its three sums of squares - of gradient, update and weights - can be added up by tensor.
"""

from __future__ import annotations

BLOCK = 256
GRADIENT, UPDATE, WEIGHT = range(3)  # columns of the sums of squares
