"""Cases of conv2d: layers, and the inputs of each."""

from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.products import Conv2d

CASES = [
    (Conv2d(filters=3, kernel=3), TensorSpec((2, 6, 5))),
    (Conv2d(filters=9, kernel=5, padding=2), TensorSpec((1, 7, 8))),
    (Conv2d(filters=4, kernel=3, stride=2, padding=1), TensorSpec((3, 8, 7))),
    (Conv2d(filters=2, kernel=2, stride=3, bias=False), TensorSpec((2, 7, 9))),
    (Conv2d(filters=1, kernel=1), TensorSpec((1, 1, 1))),
    (Conv2d(filters=3, kernel=3, padding="same"), TensorSpec((2, 5, 4))),
    (Conv2d(filters=3, kernel=4, padding="same"), TensorSpec((2, 3, 6))),
    (Conv2d(filters=1, kernel=3, fixed="sobel_x"), TensorSpec((2, 5, 6))),
    (Conv2d(filters=1, kernel=3, fixed="sobel_y", padding=1), TensorSpec((1, 4, 4))),
    (Conv2d(filters=1, kernel=3, fixed="laplace", stride=2), TensorSpec((3, 7, 5))),
]
