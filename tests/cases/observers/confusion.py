import numpy as np

from tests.cases.observer import AUTOENCODER, Case, artifact

SAMPLES = {"index": (60,)} | dict.fromkeys(("target", "answer", "confidence"), (60, 1))
CASES = [
    Case(
        "memory",
        ("train.epochs=1", "data.vocab_size=100", "network[2].units=100", "data.samples=2000"),
        {"pairs": (60, 2), "counts": (60,), "of": (60,), "right": (2,), "input.tokens": (60, 48)}
        | SAMPLES,
    ),
    Case(
        "first-network",
        ("train.epochs=2", "train.optimizer.learning_rate=1e-4"),
        {"matrix": (10, 10), "input.pictures": (60, 1, 8, 8), "input.range": (2,)} | SAMPLES,
    ),
    Case(
        "lenet5",
        ("train.epochs=1", "train.optimizer.learning_rate=1e-4"),
        {"matrix": (10, 10), "input.pictures": (19, 1, 32, 32), "input.range": (2,)}
        | {"index": (19,)}
        | dict.fromkeys(("target", "answer", "confidence"), (19, 1)),
    ),
    Case("translate-dates", ("train.epochs=1", "data.samples=300"), {"matrix": (12, 12)}),
    Case(*AUTOENCODER, {}),
]
DRAWN = artifact(
    "confusion",
    {"matrix": np.array([[20, 0, 3], [1, 1200, 0], [0, 9, 12]], np.int32)},
    classes=["cat", "dog", "a longer name"],
)
