import numpy as np

from tests.cases.observer import Case, artifact

CASES = [
    Case(
        "music",
        ("train.epochs=1", "data.samples=300"),
        {"tokens": (16, 32), "in_key": (1,)},
    ),
    Case("translate-dates", ("train.epochs=1", "data.samples=300"), {}),
]
SCALE = [8, 0, 10, 12, 13, 0, 15, 0, 17, 19, 20, 0, 20, 0, 0, 0]
DRAWN = artifact(
    "notes",
    {
        "tokens": np.array([SCALE + SCALE[::-1], [0, *SCALE, *SCALE[:15]]], np.int32),
        "in_key": np.array([0.9], np.float32),
    },
    styles=["G major reel", "B-flat major march"],
)
