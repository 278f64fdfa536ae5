import numpy as np

from tests.cases.observer import Case, artifact

CASES = [
    Case(
        "translate-dates",
        ("train.epochs=1", "data.samples=300"),
        {"weight": (2, 11, 33), "input.tokens": (2, 33), "lengths": (2,)}
        | dict.fromkeys(("target", "answer"), (2, 11)),
    ),
    Case("memory", ("train.epochs=1", "data.samples=300"), {}),
    Case("first-network", ("train.epochs=1",), {}),
]
WEIGHT = np.eye(5, 6)[None] * [[[1, 0.8, 1, 0.3, 1, 1]]] + 0.2 * np.eye(5, 6, 1)
DRAWN = artifact(
    "alignment",
    {
        "weight": np.repeat(WEIGHT, 2, axis=0).astype(np.float16),
        "input.tokens": np.array([[0, 1, 2, 3, 4, 0], [5, 4, 3, 0, 0, 0]], np.int32),
        "lengths": np.array([6, 3], np.int32),
        "target": np.array([[0, 1, 2, 3, 4], [1, 0, 4, -1, -1]], np.int32),
        "answer": np.array([[0, 1, 1, 3, 4], [1, 0, 4, -1, -1]], np.int32),
    },
    tokens=[*"Mar 1", "월"],
    classes=[*"0123", "end"],
)
