"""Cases of dropout: layers, and the inputs of each."""

from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.normalisation import Dropout

CASES = [
    (Dropout(), TensorSpec((9,))),
    (Dropout(rate=0.2), TensorSpec((2, 3, 5))),
]
