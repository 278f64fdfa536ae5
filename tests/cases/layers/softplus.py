"""Cases of softplus: layers, and the inputs of each."""

from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.softplus import Softplus

CASES = [
    (Softplus(), TensorSpec((11,))),
    (Softplus(beta=3), TensorSpec((2, 3, 4))),
]
