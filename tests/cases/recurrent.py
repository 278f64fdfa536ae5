"""Cases that every recurrent layer has."""

from collections.abc import Callable
from typing import Any

from tui_dl.spec.layers.base import Layer, TensorSpec

SIZES: list[tuple[int, tuple[int, ...], dict[str, Any]]] = [  # units, input, fields
    (9, (5, 3), {}),
    (1, (1, 1), {}),
    (17, (3, 19), {"output_": "sequence"}),
    (3, (4, 2), {"bidirectional": True}),
    (16, (4, 16), {"bidirectional": True, "output_": "sequence"}),
]


def recurrent(layer: Callable[..., Layer]) -> list[tuple[Layer, TensorSpec]]:
    """Layers of one kind, of several sizes and in both directions, and their inputs."""
    return [(layer(units=units, **fields), TensorSpec(shape)) for units, shape, fields in SIZES]
