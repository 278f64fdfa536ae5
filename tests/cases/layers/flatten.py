"""Cases of flatten: layers, and the inputs of each."""

from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.shapes import Flatten

CASES = [
    (Flatten(), TensorSpec((2, 3, 4))),
]
