import numpy as np

from tests.cases.observer import AUTOENCODER, Case, artifact, wave

SHAPES = {"errors": (75,), "labels": (75,)} | dict.fromkeys(
    ("threshold", "detected", "false_alarms", "error_auc"), (1,)
)
SMALL = ("data.samples=500", "data.training_faults=0.1", "train.epochs=1")
CASES = [
    Case("anomaly", SMALL, SHAPES),
    Case("anomaly", (*SMALL, "train.loss=huber"), SHAPES),
    Case(*AUTOENCODER, {}),
    Case("first-network", ("data={source='moons'}", "network[3].units=2", "train.epochs=1"), {}),
]
LABELS = (np.arange(60) % 5 == 0).astype(np.int32)
DRAWN = artifact(
    "error_histogram",
    {
        "errors": np.exp(wave(60) + 2 * LABELS).astype(np.float32),
        "labels": LABELS,
        "threshold": np.array([3], np.float32),
        "detected": np.array([0.9], np.float32),
        "false_alarms": np.array([0.01], np.float32),
        "error_auc": np.array([0.98], np.float32),
    },
    classes=["normal", "faulty"],
)
