import numpy as np

from tests.cases.observer import Case, artifact

FIGURES = "mean", "deviation", "idle", "saturated"
CASES = [
    Case("lenet5", ("train.epochs=1",), dict.fromkeys(FIGURES, (4,))),
    Case("vanishing-gradient", ("train.epochs=1",), dict.fromkeys(FIGURES, (11,))),
    Case("memory", ("train.epochs=1", "data.samples=200"), {}),
]
NAN = np.nan
DRAWN = artifact(
    "activations",
    {
        "mean": np.array([0.5, 1e-5, 0.0, 1e38], np.float32),
        "deviation": np.array([0.25, 3, NAN, 1e38], np.float32),
        "idle": np.array([0.0, 0.9, NAN, NAN], np.float32),
        "saturated": np.array([NAN, NAN, 0.31, 1], np.float32),
    },
    layers=["relu_1", "relu_2", "tanh_1", "sigmoid_10"],
)
