"""Cases of sigmoid: layers, and the inputs of each."""

from tui_dl.spec.layers.activations import Sigmoid
from tui_dl.spec.layers.base import TensorSpec

CASES = [
    (Sigmoid(), TensorSpec((11,))),
]
