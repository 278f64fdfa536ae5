import numpy as np

from tests.cases.observer import Case, artifact

ANSWERS = "target", "answer", "confidence"
CASES = [
    Case(
        "spam",
        ("train.epochs=1", "data.samples=400"),
        {"weight": (12, 32)} | dict.fromkeys(ANSWERS, (12, 1)),
    ),
    Case(
        "sentiment",
        ("train.epochs=1", "data.samples=100"),
        {"weight": (12, 32)} | dict.fromkeys(ANSWERS, (12, 1)),
    ),
    Case(
        "surnames",
        ("train.epochs=1", "data.samples=100"),
        {"weight": (12, 16)} | dict.fromkeys(ANSWERS, (12, 1)),
    ),
    Case("memory", ("train.epochs=1", "data.samples=300"), {}),
    Case("first-network", ("train.epochs=1",), {}),
]
WEIGHTS = np.full((3, 6), np.nan)
WEIGHTS[0] = [2, 0.01, -0.5, -1.5, 0.4, np.nan]
WEIGHTS[1, :3] = [0.3, -0.1, 0.9]
DRAWN = artifact(
    "telling_words",
    {
        "weight": WEIGHTS.astype(np.float32),
        "target": np.array([[1], [0], [1]], np.int32),
        "answer": np.array([[1], [1], [0]], np.int32),
        "confidence": np.array([[0.98], [0.51], [np.nan]], np.float32),
    },
    classes=["ham", "spam"],
    words=["fr33", "phone", "are", "you", "now", "", "won", "the", "match", *[""] * 3, "hi"]
    + [""] * 5,
)
