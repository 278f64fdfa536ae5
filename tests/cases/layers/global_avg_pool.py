"""Cases of global_avg_pool: layers, and the inputs of each."""

from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.layers.pooling import GlobalAvgPool

CASES = [
    (GlobalAvgPool(), TensorSpec((3, 4, 5))),
    (GlobalAvgPool(), TensorSpec((6, 3))),
]
