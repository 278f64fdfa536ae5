import numpy as np

from tests.cases.observer import Case, artifact, wave

SHORT = ("train.epochs=1", "data.episodes=16", "data.batch_size=8", "data.limit=40")
SHAPES = dict.fromkeys(("steps", "low", "mean", "high", "entropy"), (2,))
CASES = [
    Case("cartpole", SHORT, SHAPES | {"policy_entropy": (1,), "most": (1,)}),
    Case("first-network", ("train.epochs=1",), {}),
]
DRAWN = artifact(
    "returns",
    {
        "steps": np.full(40, 3, np.int32),
        "low": 20 + 10 * wave(40),
        "mean": 50 + 10 * wave(40),
        "high": 100 + 20 * wave(40),
        "entropy": np.linspace(0.69, 0.2, 40, dtype=np.float32),
        "policy_entropy": np.array([0.2], np.float32),
        "most": np.array([0.693], np.float32),
    },
)
