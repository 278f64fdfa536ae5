"""Cases of dropout: layers, and the inputs of each."""

from tui_dl.spec.layers import Dropout, TensorSpec

CASES = [
    (Dropout(), TensorSpec((9,))),
    (Dropout(rate=0.2), TensorSpec((2, 3, 5))),
]
