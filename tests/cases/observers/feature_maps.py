import numpy as np

from tests.cases.observer import Case, artifact, wave

CASES = [
    Case(
        "lenet5",
        ("train.epochs=1",),
        {"input.pictures": (2, 1, 32, 32), "input.range": (2,), "conv2d_1": (2, 6, 14, 14),
         "conv2d_2": (2, 8, 10, 10)},
    ),
    Case("first-network", ("train.epochs=1",), {}),
]  # fmt: skip
DRAWN = artifact(
    "feature_maps",
    {
        "input.pictures": (np.arange(2 * 6 * 6).reshape(2, 1, 6, 6) * 3).astype(np.uint8),
        "input.range": np.array([0, 1], np.float32),
        "conv2d_1": wave(2, 3, 4, 4).astype(np.float16),
        "conv2d_2": np.full((2, 2, 2, 2), np.inf, np.float16),
    },
    layers=["conv2d_1", "conv2d_2"],
    shapes=["3 × 4 × 4", "2 × 2 × 2"],
)
