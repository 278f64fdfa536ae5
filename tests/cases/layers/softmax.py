"""Cases of softmax: layers, and the inputs of each."""

from tui_dl.spec.layers.activations import Softmax
from tui_dl.spec.layers.base import TensorSpec

CASES = [
    (Softmax(), TensorSpec((11,))),
    (Softmax(), TensorSpec((3, 5))),
]
