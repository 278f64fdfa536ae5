"""Cases of relu: layers, and the inputs of each."""

from tui_dl.spec.layers.activations import Relu
from tui_dl.spec.layers.base import TensorSpec

CASES = [
    (Relu(), TensorSpec((11,))),
]
