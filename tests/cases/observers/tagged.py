import numpy as np

from tests.cases.observer import Case, artifact

SHORT = ("train.epochs=1", "data.samples=300")
DATES = (
    *SHORT,
    "data.task=tag",
    'network=[{kind="embedding",size=4},{kind="dense",units=7}]',
    'train.metrics=["accuracy"]',
)
CASES = [
    Case("name-tagger", SHORT, {"target": (12, 24), "answer": (12, 24)}),
    Case("translate-dates", DATES, {"target": (12, 33), "answer": (12, 33)}),
    Case("memory", SHORT, {}),
]
SENTENCES = [
    ["Miller", "Group", "hired", "Ada", "Lovelace", "in", "Paris", "."],
    ["Miller", "and", "Smith", "met", "in", "New", "York", "."],
    ["It", "rained", "."],
]
TARGET = np.zeros((3, 9), np.int32)
TARGET[0, :2], TARGET[0, 3:5], TARGET[0, 6] = (-1, 1), (-2, 2), -3
TARGET[1, 0], TARGET[1, 2], TARGET[1, 5:7] = -2, -2, (-3, 3)
ANSWER = TARGET.copy()
ANSWER[0, :2] = -2, 0
ANSWER[1, :3], ANSWER[1, 5:7] = (-1, 1, 1), 0
ANSWER[2, 0] = -1
DRAWN = artifact(
    "tagged",
    {"target": TARGET, "answer": ANSWER},
    kinds=["organisation", "person", "place"],
    words=[word for it in SENTENCES for word in it + [""] * (9 - len(it))],
    between=[" "],
)
