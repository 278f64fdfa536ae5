import numpy as np

from tests.cases.observer import Case, artifact

CASES = [
    Case(
        "first-network",
        ("train.epochs=1",),
        {"weights": (2, 30), "weights.range": (2, 2), "gradients": (2, 30),
         "gradients.range": (2, 2), "outputs": (3, 30), "outputs.range": (3, 2)},
    ),
]  # fmt: skip
COUNTS = np.array([[*range(30)], [1] * 29 + [1000], [0] * 30], np.int32)
DRAWN = artifact(
    "histograms",
    {
        "weights": COUNTS,
        "weights.range": np.array([[-1, 1], [0, 1e38], [np.nan, np.inf]], np.float32),
        "gradients": COUNTS[:, ::-1],
        "gradients.range": np.array([[-1e-9, 1e-9], [0, 0], [-3, 4]], np.float32),
        "outputs": COUNTS[:1],
        "outputs.range": np.array([[0, 5]], np.float32),
    },
    trained=["conv2d_1", "dense_1", "dense_2"],
    layers=["relu_1"],
)
