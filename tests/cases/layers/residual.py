"""Cases of residual: layers, and the inputs of each."""

from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.composed import Residual
from tui_dl.spec.layers.products import Conv1d, Dense

CASES = [
    (Residual([Conv1d(4, 3, padding="same"), Dense(4)]), TensorSpec((5, 4))),
    (Residual([Dense(7)]), TensorSpec((7,))),
]
