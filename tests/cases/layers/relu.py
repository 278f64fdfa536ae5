"""Cases of relu: layers, and the inputs of each."""

from tui_dl.spec.layers import Relu, TensorSpec

CASES = [
    (Relu(), TensorSpec((11,))),
]
