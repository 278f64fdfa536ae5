import numpy as np

from tests.cases.observer import Case, artifact, wave

LINES = "truth", "forecast", "naive"
CASES = [
    Case("forecast", ("train.epochs=1", "data.values=900"), dict.fromkeys(LINES, (112,))),
    Case(
        "forecast",
        ("train.epochs=1", "data.values=300", "data.horizon=1", "network[1].units=1"),
        dict.fromkeys(LINES, (45,)),
    ),
    Case("diabetes", ("train.epochs=1",), {}),
]
DRAWN = artifact(
    "forecast",
    {"truth": wave(56), "forecast": 0.8 * wave(56), "naive": np.roll(wave(56), 2)},
    horizon=["7"],
    name=["visitors"],
)
