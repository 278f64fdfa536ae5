import numpy as np

from tests.cases.observer import Case, artifact, wave

UNITS = dict.fromkeys(("forward", "backward", "backward.differences"), (2, 5))
WEIGHTS = dict.fromkeys(("weight", "gradient", "gradient.differences"), (9,))
CASES = [
    Case("backprop", ("train.epochs=1",), UNITS | WEIGHTS | {"gradient_error": (1,)}),
    Case("first-network", ("train.epochs=1",), {}),
]
DRAWN = artifact(
    "backprop",
    {
        "forward": wave(2, 3),
        "backward": wave(2, 3) * 1e-7,
        "backward.differences": wave(2, 3) * 1e-7,
        "weight": wave(3),
        "gradient": np.array([1e38, np.nan, 0], np.float32),
        "gradient.differences": wave(3) * 1e-3,
        "gradient_error": np.array([2e-6], np.float32),
    },
    units=["dense_1 1", "dense_1 2", "tanh_1 1"],
    weights=["dense_1.weight 1,1", "dense_1.weight 1,2", "dense_1.bias 1"],
)
