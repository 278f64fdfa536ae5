import numpy as np

from tests.cases.observer import AUTOENCODER, Case, artifact

CASES = [
    Case(
        "memory",
        ("train.epochs=1", "data.vocab_size=100", "network[2].units=100", "data.samples=2000"),
        {"pairs": (60, 2), "counts": (60,), "of": (60,), "right": (2,)},
    ),
    Case("first-network", ("train.epochs=2",), {"matrix": (10, 10)}),
    Case("translate-dates", ("train.epochs=1", "data.samples=300"), {"matrix": (12, 12)}),
    Case(*AUTOENCODER, {}),
]
DRAWN = artifact(
    "confusion",
    {"matrix": np.array([[20, 0, 3], [1, 1200, 0], [0, 9, 12]], np.int32)},
    classes=["cat", "dog", "a longer name"],
)
