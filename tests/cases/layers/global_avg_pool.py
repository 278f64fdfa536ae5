"""Cases of global_avg_pool: layers, and the inputs of each."""

from tui_dl.spec.layers import GlobalAvgPool, TensorSpec

CASES = [
    (GlobalAvgPool(), TensorSpec((3, 4, 5))),
    (GlobalAvgPool(), TensorSpec((6, 3))),
]
