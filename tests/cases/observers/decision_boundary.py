import numpy as np

from tests.cases.observer import AUTOENCODER, Case, artifact, wave

PLANE = {
    "range": (2, 2), "points": (240, 2), "labels": (240,), "answers": (40, 40),
    "confidence": (40, 40),
}  # fmt: skip
ONE_NEURON = 'network=[{kind="dense",units=1}]'
THREE = "data={source='spirals',arms=3,samples=1600}"
CASES = [
    Case(
        "first-network",
        (THREE, "network[3].units=3", "train.epochs=1"),
        PLANE,
    ),
    Case(
        "first-network",
        ("data={source='moons',samples=1600}", ONE_NEURON, "train.loss=binary_cross_entropy",
         "train.epochs=1"),
        PLANE | {"line": (3,), "line_error": (1,)},
    ),
    Case("first-network", ("train.epochs=1",), {}),
    Case(*AUTOENCODER, {}),
]  # fmt: skip
DRAWN = artifact(
    "decision_boundary",
    {
        "range": np.array([[-1, 1], [-2, 2]], np.float32),
        "points": np.array([[-0.9, -1.9], [0.1, 0.1], [0.95, 1.5], [7, 0]], np.float32),
        "labels": np.array([0, 1, 2, 1], np.int32),
        "answers": (wave(12, 12) > 0).astype(np.int32) + (np.arange(12) > 8),
        "confidence": np.rint(255 * np.abs(wave(12, 12))).astype(np.uint8),
        "line": np.array([1, -2, 0.5], np.float32),
        "line_error": np.array([1e-6], np.float32),
    },
    classes=["upper", "lower", "a longer name"],
)
