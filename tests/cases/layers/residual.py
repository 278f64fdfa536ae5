"""Cases of residual: layers, and the inputs of each."""

from tui_dl.spec.layers import Conv1d, Dense, Residual, TensorSpec

CASES = [
    (Residual([Conv1d(4, 3, padding="same"), Dense(4)]), TensorSpec((5, 4))),
    (Residual([Dense(7)]), TensorSpec((7,))),
]
