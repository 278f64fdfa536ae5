import numpy as np

from tests.cases.observer import Case, artifact

CASES = [
    Case(
        "ravine",
        ("train.epochs=1",),
        {"path": (2, 2), "surface": (40, 80), "range": (4,), "minimum": (2,)},
    ),
    Case("first-network", ("train.epochs=1",), {}),
]
ACROSS, UP = np.meshgrid(np.linspace(-1, 1, 30), np.linspace(-1, 1, 20))
DRAWN = artifact(
    "descent",
    {
        "path": np.array([[-0.8, -0.8], [0.5, -0.6], [-0.3, -0.4], [0.1, -0.1]], np.float32),
        "surface": (ACROSS**2 + UP**2 / 9).astype(np.float32),
        "range": np.array([-1, 1, -1, 1], np.float32),
        "minimum": np.zeros(2, np.float32),
    },
)
