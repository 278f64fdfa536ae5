"""The record of one training step: its fields, in the order in which ``steps.bin`` has them."""

from __future__ import annotations

from typing import Annotated

import msgspec

FORMATS = {"<i8": "q", "<i4": "i", "<f8": "d", "<f4": "f"}  # numpy's, and those of `struct`
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
StepField = tuple[str, str, tuple[Count, ...]]  # name, numpy format, shape
MOST_COLUMNS = 100_000  # of a step's record


NEW_SINCE_0 = ("layer_weight_norm",)  # fields that a record may lack: see `required_fields`


def required_fields(layers: int) -> list[StepField]:
    """The fields that records of every format have."""
    return [field for field in step_fields(layers) if field[0] not in NEW_SINCE_0]


def step_fields(layers: int) -> list[StepField]:
    """The fields of one step's record, for a network with `layers` trained layers."""
    return [
        ("step", "<i8", ()),  # from 1
        ("epoch", "<i4", ()),  # from 1
        ("samples", "<i4", ()),  # in this mini-batch
        ("time", "<f8", ()),  # Unix seconds at its end
        ("seconds", "<f4", ()),  # forward, backward and update
        ("loss", "<f4", ()),  # mean over the mini-batch
        ("metric", "<f4", ()),  # accuracy, or return, over the mini-batch
        ("learning_rate", "<f4", ()),
        ("gradient_norm", "<f4", ()),  # Euclidean, over all trained numbers
        ("layer_gradient_norm", "<f4", (layers,)),  # Euclidean, by trained layer
        ("layer_update_ratio", "<f4", (layers,)),  # norm of the update / norm of the weights
        ("layer_weight_norm", "<f4", (layers,)),  # Euclidean, after the update; not in format 0
    ]
