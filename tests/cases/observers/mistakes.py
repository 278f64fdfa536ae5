import numpy as np

from tests.cases.observer import AUTOENCODER, Case, artifact

ANSWERS = "target", "answer", "confidence"
CASES = [
    Case(
        "first-network",
        ("train.epochs=1",),
        {"input.pictures": (32, 1, 8, 8), "input.range": (2,), "index": (32,), "mistakes": (1,)}
        | dict.fromkeys(ANSWERS, (32, 1)),
    ),
    Case(
        "translate-dates",
        ("train.epochs=1", "data.samples=300"),
        {"input.tokens": (32, 33), "index": (32,), "mistakes": (1,)}
        | dict.fromkeys(ANSWERS, (32, 11)),
    ),
    Case("diabetes", ("train.epochs=1",), {"index": (32,)} | dict.fromkeys(ANSWERS, (32, 1))),
]
CASES += [Case(*AUTOENCODER, {}), Case("edge-detection", ("train.epochs=1",), {})]
DRAWN = artifact(
    "mistakes",
    {
        "input.numbers": np.array([[0.5, 1e38], [np.nan, -2]], np.float32),
        "target": np.array([[0.25], [3]], np.float32),
        "answer": np.array([[7], [1e-9]], np.float32),
        "confidence": np.full((2, 1), np.nan, np.float32),
        "index": np.array([4, 11]),
    },
    columns=["length", "weight of it"],
)
