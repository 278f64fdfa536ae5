"""Cases of upsample2d: layers, and the inputs of each."""

from tui_dl.spec.layers import TensorSpec, Upsample2d

CASES = [
    (Upsample2d(), TensorSpec((2, 3, 4))),
    (Upsample2d(factor=3), TensorSpec((1, 2, 1))),
]
