"""Cases of flatten: layers, and the inputs of each."""

from tui_dl.spec.layers import Flatten, TensorSpec

CASES = [
    (Flatten(), TensorSpec((2, 3, 4))),
]
