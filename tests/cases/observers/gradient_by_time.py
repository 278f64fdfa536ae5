import numpy as np

from tests.cases.observer import Case, artifact

CASES = [
    Case(
        "memory",
        ("train.epochs=1", "data.samples=300", "data.length=20"),
        {"norm": (20,), "gradient_reach": (1,)},
    ),
    Case(
        "memory",
        (
            "train.epochs=1", "data.samples=300", "data.length=6",
            'network[1]={kind="rnn",units=8,bidirectional=true}',
        ),
        {"norm": (6,), "gradient_reach": (1,)},
    ),
    Case("first-network", ("train.epochs=1",), {}),
    Case("cartpole", ("train.epochs=1",), {}),
]  # fmt: skip
DRAWN = artifact(
    "gradient_by_time",
    {
        "norm": np.array([0, np.nan, *np.geomspace(1e-17, 0.3, 38)], np.float32),
        "gradient_reach": np.array([0], np.float32),
    },
    layers=["rnn_1"],
)
