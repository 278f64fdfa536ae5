"""Cases of tanh: layers, and the inputs of each."""

from tui_dl.spec.layers import Tanh, TensorSpec

CASES = [
    (Tanh(), TensorSpec((2, 3))),
]
