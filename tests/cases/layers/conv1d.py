"""Cases of conv1d: layers, and the inputs of each."""

from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.products import Conv1d

CASES = [
    (Conv1d(filters=4, kernel=3), TensorSpec((9, 5))),
    (Conv1d(filters=19, kernel=5, padding=2, bias=False), TensorSpec((7, 1))),
    (Conv1d(filters=2, kernel=2, stride=3, padding=1), TensorSpec((8, 3))),
    (Conv1d(filters=3, kernel=4, padding="same"), TensorSpec((6, 17))),
    (Conv1d(filters=1, kernel=1), TensorSpec((1, 1))),
]
