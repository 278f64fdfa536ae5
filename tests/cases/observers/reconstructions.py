import numpy as np

from tests.cases.observer import AUTOENCODER, Case, artifact, wave

NUMBERS = {"input.numbers": (16, 64), "output.numbers": (16, 64), "error": (16,), "label": (16,)}
CASES = [
    Case(
        *AUTOENCODER,
        {"input.pictures": (16, 1, 8, 8), "input.range": (2,), "error": (16,), "label": (16,)}
        | {"output.pictures": (16, 1, 8, 8), "output.range": (2,)},
    ),
    Case("anomaly", ("data.samples=500", "train.epochs=1"), NUMBERS),
    Case(
        "diabetes",
        ("train.epochs=1", "train.target=input", "network=[{kind='dense',units=10}]",
         "train.metrics=['r2']"),
        {"input.numbers": (16, 10), "output.numbers": (16, 10), "error": (16,)},
    ),
    Case("first-network", ("train.epochs=1",), {}),
]  # fmt: skip
DRAWN = artifact(
    "reconstructions",
    {
        "input.numbers": wave(4, 40),
        "output.numbers": 0.8 * wave(4, 40),
        "error": np.array([0.04, 0.5, np.nan, 1e9], np.float32),
        "label": np.array([0, 1, 1, 0], np.int32),
    },
    classes=["normal", "faulty"],
)
