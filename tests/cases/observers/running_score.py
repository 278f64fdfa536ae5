import numpy as np

from tests.cases.observer import Case, artifact

ANSWERS = "target", "answer", "confidence"
CASES = [
    Case(
        "sentiment",
        ("train.epochs=1", "data.samples=100"),
        {"score": (12, 32)} | dict.fromkeys(ANSWERS, (12, 1)),
    ),
    Case(
        "surnames",
        ("train.epochs=1", "data.samples=100"),
        {"score": (12, 16)} | dict.fromkeys(ANSWERS, (12, 1)),
    ),
    Case("memory", ("train.epochs=1", "data.samples=300"), {}),  # its tokens have no names
    Case("spam", ("train.epochs=1", "data.samples=300"), {}),  # not recurrent
]
SCORES = np.full((3, 6), np.nan)
SCORES[0, :5] = [0.45, 0.5, 0.2, 0.95, 1]
SCORES[1, :3] = [0.6, 0.3, 0]
SCORES[2, :1] = [0.5]
DRAWN = artifact(
    "running_score",
    {
        "score": SCORES.astype(np.float32),
        "target": np.array([[1], [0], [1]], np.int32),
        "answer": np.array([[1], [0], [0]], np.int32),
        "confidence": np.array([[1], [1], [np.nan]], np.float32),
    },
    classes=["negative", "positive"],
    of=["positive"],
    words=["the", "plot", "is not", "bad", ".", "", "what", "a", "bore", *[""] * 3, "hm"]
    + [""] * 5,
)
