"""Cases of batch_norm: layers, and the inputs of each."""

from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.normalisation import BatchNorm

CASES = [
    (BatchNorm(), TensorSpec((3, 4, 5))),
    (BatchNorm(epsilon=0.1), TensorSpec((7,))),
]
