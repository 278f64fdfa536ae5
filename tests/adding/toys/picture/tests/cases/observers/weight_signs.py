"""Test cases of weight_signs."""

import numpy as np

from tests.cases.observer import Case, artifact

CASES = [Case("first-network", ("train.epochs=1",), {"above": (2,)})]
DRAWN = artifact("weight_signs", {"above": np.array([0.5, np.nan])}, layers=["dense_1", "dense_2"])
