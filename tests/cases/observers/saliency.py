import numpy as np

from tests.cases.observer import AUTOENCODER, Case, artifact, wave

ANSWERS = "target", "answer", "confidence"
CASES = [
    Case(
        "first-network",
        ("train.epochs=1",),
        {"input.pictures": (3, 1, 8, 8), "input.range": (2,), "saliency": (3, 8, 8)}
        | dict.fromkeys(ANSWERS, (3, 1)),
    ),
    Case(
        "lenet5",
        ("train.epochs=1",),
        {"input.pictures": (3, 1, 32, 32), "input.range": (2,), "saliency": (3, 16, 16)}
        | dict.fromkeys(ANSWERS, (3, 1)),
    ),
    Case("spam", ("train.epochs=1", "data.samples=400"), {}),
    Case("edge-detection", ("train.epochs=1",), {}),
    Case(*AUTOENCODER, {}),
]
DRAWN = artifact(
    "saliency",
    {
        "input.pictures": (np.arange(3 * 6 * 6).reshape(3, 1, 6, 6) * 2).astype(np.uint8),
        "input.range": np.array([0, 1], np.float32),
        "saliency": wave(3, 3, 3),
        "target": np.array([[0], [1], [2]], np.int32),
        "answer": np.array([[0], [2], [-1]], np.int32),
        "confidence": np.array([[0.98], [0.51], [np.nan]], np.float32),
    },
    classes=["cat", "dog", "a longer name than there is room for"],
)
