import numpy as np

from tests.cases.observer import Case, artifact

CASES = [
    Case(
        "char-model",
        ("train.epochs=1", "data.samples=200", "data.length=12", "network[1].units=16"),
        {"temperature": (3,)},
    ),
    Case("memory", ("train.epochs=1", "data.samples=300"), {}),
    Case("translate-dates", ("train.epochs=1", "data.samples=300"), {}),
]
DRAWN = artifact(
    "generated_text",
    {"temperature": np.array([0.3, 1], np.float32)},
    begun=["the object is a"],
    texts=["n expression list, and the name of the class is", "lue:tof\x1b[31m 한국어, qxnd "],
)
