"""Cases of softmax: layers, and the inputs of each."""

from tui_dl.spec.layers import Softmax, TensorSpec

CASES = [
    (Softmax(), TensorSpec((11,))),
    (Softmax(), TensorSpec((3, 5))),
]
