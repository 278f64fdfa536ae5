"""What cases of observers are made of."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from tui_dl.engine.observers.observe import tensor
from tui_dl.protocol.artifact import Artifact

# A preset and overrides that make it an autoencoder of images.
AUTOENCODER = (
    "first-network",
    (
        "train.epochs=1",
        "train.loss=mean_squared_error",
        "train.target=input",
        'network=[{kind="flatten"},{kind="dense",units=64},{kind="reshape",shape=[1,8,8]}]',
    ),
)


class Case(NamedTuple):
    """An experiment, and the shapes of the arrays that are seen of it.

    Attributes:
        preset: its name.
        overrides: as after --set.
        shapes: of all arrays, by name; empty where nothing is to be seen.
    """

    preset: str
    overrides: tuple[str, ...]
    shapes: Mapping[str, tuple[int, ...]]


def artifact(kind: str, arrays: dict[str, Any], **labels: list[str]) -> Artifact:
    """An artifact made by hand."""
    tensors = {name: tensor(np.ascontiguousarray(array)) for name, array in arrays.items()}
    return Artifact(kind, 3, 60, tensors, labels)


def wave(*shape: int) -> Any:
    """Numbers from -1 to 1 that are not all alike, float32."""
    return np.sin(np.arange(np.prod(shape), dtype=np.float32) * 0.37).reshape(shape)
