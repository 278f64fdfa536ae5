"""Cases of gelu: layers, and the inputs of each."""

from tui_dl.spec.layers.activations import Gelu
from tui_dl.spec.layers.base import TensorSpec

CASES = [
    (Gelu(), TensorSpec((11,))),
]
