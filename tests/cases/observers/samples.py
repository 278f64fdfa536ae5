import numpy as np

from tests.cases.observer import AUTOENCODER, Case, artifact

ANSWERS = "target", "answer", "confidence"
IMAGES = {"input.pictures": (16, 1, 8, 8), "input.range": (2,), "index": (16,)}
CASES = [
    Case("first-network", ("train.epochs=1",), IMAGES | dict.fromkeys(ANSWERS, (16, 1))),
    Case(
        "first-network",
        ("train.epochs=1", "data.resize=[40,60]"),
        {"input.pictures": (16, 1, 20, 30), "input.range": (2,), "index": (16,)}
        | dict.fromkeys(ANSWERS, (16, 1)),
    ),
    Case(*AUTOENCODER, {}),
    Case(
        "translate-dates",
        ("train.epochs=1", "data.samples=300"),
        {"input.tokens": (16, 33), "index": (16,)} | dict.fromkeys(ANSWERS, (16, 11)),
    ),
    Case(
        "edge-detection",
        ("train.epochs=1",),
        {"input.pictures": (3, 1, 12, 12), "input.range": (2,)}
        | {"target.maps": (3, 2, 10, 10), "output.maps": (3, 2, 10, 10)},
    ),
    Case("iris", ("train.epochs=1",), {"index": (16,)} | dict.fromkeys(ANSWERS, (16, 1))),
]
DRAWN = artifact(
    "samples",
    {
        "input.pictures": (np.arange(4 * 6 * 5).reshape(4, 1, 6, 5) * 2).astype(np.uint8),
        "input.range": np.array([0, 1], np.float32),
        "target": np.array([[0], [1], [2], [1]], np.int32),
        "answer": np.array([[0], [2], [-1], [1]], np.int32),
        "confidence": np.array([[0.98], [0.51], [np.nan], [1]], np.float32),
    },
    classes=["cat", "dog", "a longer name than there is room for"],
)
