import numpy as np

from tests.cases.observer import AUTOENCODER, Case, artifact, wave

CODE = (
    'network=[{kind="flatten"},{kind="dense",units=16},{kind="tanh"},{kind="dense",units=2},'
    '{kind="dense",units=64}]'
)
PRESET, OVERRIDES = AUTOENCODER
SHAPES = {"range": (2, 2), "labels": (240,), "points": (240, 2), "neighbours": (1,), "chance": (1,)}
CASES = [
    Case(PRESET, (*OVERRIDES[:-1], CODE), SHAPES),
    Case(*AUTOENCODER, {}),
    Case("first-network", ("network[1].units=2", "train.epochs=1"), {}),
]
DRAWN = artifact(
    "code_space",
    {
        "range": np.array([[-1, 1], [0, 3]], np.float32),
        "points": 1.5 + 1.5 * wave(40, 2),
        "labels": (np.arange(40) % 10).astype(np.int32),
        "neighbours": np.array([0.625], np.float32),
        "chance": np.array([0.1], np.float32),
    },
    layers=["dense_2"],
)
