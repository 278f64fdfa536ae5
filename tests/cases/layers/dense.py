"""Cases of dense: layers, and the inputs of each."""

from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.products import Dense

CASES = [
    (Dense(units=7), TensorSpec((5,))),
    (Dense(units=1, bias=False), TensorSpec((1,))),
    (Dense(units=19), TensorSpec((33,))),
    (Dense(units=7), TensorSpec((4, 5))),
    (Dense(units=19, bias=False), TensorSpec((3, 33))),
]
