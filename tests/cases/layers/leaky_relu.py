"""Cases of leaky_relu: layers, and the inputs of each."""

from tui_dl.spec.layers.activations import LeakyRelu
from tui_dl.spec.layers.base import TensorSpec

CASES = [
    (LeakyRelu(), TensorSpec((11,))),
    (LeakyRelu(slope=0.3), TensorSpec((2, 3, 4))),
]
