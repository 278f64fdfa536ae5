"""Cases of upsample2d: layers, and the inputs of each."""

from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.pooling import Upsample2d

CASES = [
    (Upsample2d(), TensorSpec((2, 3, 4))),
    (Upsample2d(factor=3), TensorSpec((1, 2, 1))),
]
