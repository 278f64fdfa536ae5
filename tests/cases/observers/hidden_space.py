import numpy as np

from tests.cases.observer import Case, artifact, wave

SEEN = {"range": (2, 2), "points": (240, 2), "labels": (240,)}
REGIONS = {"answers": (40, 40), "confidence": (40, 40)}
TWO = "network[1].units=2"
CASES = [
    Case("first-network", (TWO, "data.validation=0.4", "train.epochs=1"), SEEN | REGIONS),
    Case(
        "first-network",
        (TWO, "network[2]={kind='dense',units=5}", "data.validation=0.4", "train.epochs=1",
         "network[3]={kind='repeat',times=1,layers=[{kind='relu'},{kind='dense',units=10}]}"),
        SEEN,
    ),
    Case("first-network", ("train.epochs=1",), {}),
    Case("cartpole", ("train.epochs=1", "data.episodes=16", "network[0].units=2"), {}),
]  # fmt: skip
DRAWN = artifact(
    "hidden_space",
    {
        "range": np.array([[-1, 1], [0, 3]], np.float32),
        "points": 1.5 + 1.5 * wave(40, 2),
        "labels": (np.arange(40) % 12).astype(np.int32),
    },
    layers=["tanh_2"],
)
