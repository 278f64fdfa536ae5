import numpy as np

from tests.cases.observer import Case, artifact, wave

NORMS = ("weights", "corrected", "uncorrected", "epoch")
CASES = [
    Case(
        "first-network",
        ("train.epochs=1", "train.weight_average=0.9"),
        dict.fromkeys(NORMS, (1,)),
    ),
    Case("first-network", ("train.epochs=1",), {}),
]
DRAWN = artifact(
    "moving_average",
    {
        "weights": 3 + wave(40),
        "corrected": np.full(40, 2.5, np.float32),
        "uncorrected": np.linspace(0.1, 2, 40, dtype=np.float32),
        "epoch": np.arange(1, 41, dtype=np.int32),
    },
)
