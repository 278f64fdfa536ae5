"""Cases of tanh: layers, and the inputs of each."""

from tui_dl.spec.layers.activations import Tanh
from tui_dl.spec.layers.base import TensorSpec

CASES = [
    (Tanh(), TensorSpec((2, 3))),
]
