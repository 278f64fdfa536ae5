"""Cases of swish: layers, and the inputs of each."""

from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.swish import Swish

CASES = [
    (Swish(), TensorSpec((11,))),
    (Swish(beta=0.5), TensorSpec((2, 3, 4))),
]
