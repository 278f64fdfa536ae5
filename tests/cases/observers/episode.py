import numpy as np

from tests.cases.observer import Case, artifact, wave

# Every action of so short an episode keeps the pole up, so its length is known.
SHORT = ("train.epochs=1", "data.episodes=16", "data.batch_size=8", "data.limit=5")
SHAPES = {"states": (6, 4), "at": (6,), "length": (1,), "returns": (100,)}
CASES = [
    Case("cartpole", SHORT, SHAPES),
    Case("first-network", ("train.epochs=1",), {}),
]
DRAWN = artifact(
    "episode",
    {
        "states": 0.3 * wave(31, 4),
        "at": np.arange(31, dtype=np.int32),
        "length": np.array([30], np.int32),
        "returns": 30 + 10 * wave(20),
    },
    environment=["cartpole"],
)
