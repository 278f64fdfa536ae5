"""Cases of gelu: layers, and the inputs of each."""

from tui_dl.spec.layers import Gelu, TensorSpec

CASES = [
    (Gelu(), TensorSpec((11,))),
]
