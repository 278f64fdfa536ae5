"""Cases of sigmoid: layers, and the inputs of each."""

from tui_dl.spec.layers import Sigmoid, TensorSpec

CASES = [
    (Sigmoid(), TensorSpec((11,))),
]
