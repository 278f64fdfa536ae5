import numpy as np

from tests.cases.observer import AUTOENCODER, Case, artifact

CASES = [
    Case("first-network", ("train.epochs=2",), {"matrix": (10, 10)}),
    Case("translate-dates", ("train.epochs=1", "data.samples=300"), {"matrix": (12, 12)}),
    Case(*AUTOENCODER, {}),
]
DRAWN = artifact(
    "confusion",
    {"matrix": np.array([[20, 0, 3], [1, 1200, 0], [0, 9, 12]], np.int32)},
    classes=["cat", "dog", "a longer name"],
)
