"""Cases of layer_norm: layers, and the inputs of each."""

from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.normalisation import LayerNorm

CASES = [
    (LayerNorm(), TensorSpec((11,))),
    (LayerNorm(epsilon=0.1), TensorSpec((5, 3))),
    (LayerNorm(), TensorSpec((2, 3, 4))),
]
