"""Cases of max_pool2d: layers, and the inputs of each."""

from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.pooling import MaxPool2d

CASES = [
    (MaxPool2d(), TensorSpec((2, 6, 4))),
    (MaxPool2d(size=3, stride=2), TensorSpec((1, 7, 8))),
    (MaxPool2d(size=2, stride=3), TensorSpec((2, 7, 5))),
]
