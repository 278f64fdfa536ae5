import numpy as np

from tests.cases.observer import Case, artifact

CASES = [
    Case("first-network", ("train.epochs=1",), {"forward": (4,), "backward": (4,), "blocks": (1,)}),
    Case("lenet5", ("train.epochs=1",), {"forward": (12,), "backward": (12,), "blocks": (1,)}),
]
DRAWN = artifact(
    "step_time",
    {
        "forward": np.array([0.2, 0, np.nan, 1e-3], np.float32),
        "backward": np.array([0.4, 0.1, np.nan, 2], np.float32),
        "blocks": np.array([4], np.int32),
    },
    layers=["conv2d_1", "relu_1", "flatten_1", "dense_1"],
)
