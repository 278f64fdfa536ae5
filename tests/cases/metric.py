"""What cases of metrics are made of."""

from typing import Any, NamedTuple

import numpy as np

# Labels and predictions that several metrics have a value for.
LABELS = [0, 0, 0, 1, 1, 2]
PREDICTED = [0, 1, 0, 1, 2, 0]
CLASSES = 4


class Case(NamedTuple):
    """Outputs (samples, ..., classes) and targets of a split, and what the metric is of them."""

    outputs: Any
    targets: Any
    value: Any
    class_names: tuple[str, ...] = ()


def scores(predicted: Any, classes: int) -> Any:
    """Outputs for which these classes are predicted."""
    return np.eye(classes, dtype=np.float32)[np.array(predicted)]
