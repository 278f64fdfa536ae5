"""Cases of reshape: layers, and the inputs of each."""

from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.shapes import Reshape

CASES = [
    (Reshape(sides=(4, 6)), TensorSpec((2, 3, 4))),
    (Reshape(sides=(2, 3, 4)), TensorSpec((24,))),
]
