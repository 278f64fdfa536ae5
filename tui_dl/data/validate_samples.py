"""Validation of samples before kernels read them: shapes, kinds of numbers, NaN, lengths."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.data.dataset import Samples
from tui_dl.spec.layers.base import TensorSpec


def check_samples(samples: Samples, layer: str, expected: TensorSpec) -> None:
    """Check that `samples` fit the network's input.

    Args:
        samples: one row of numbers or token ids for each.
        layer: name of the network's first layer, for messages.
        expected: the input of that layer.

    Raises:
        ValueError: they do not fit; the message names the layer and what it expects.
    """
    inputs, lengths = samples.inputs, samples.lengths
    kind = np.dtype(np.int32 if expected.vocab_size else np.float32)

    def refuse(problem: str) -> None:
        raise ValueError(f"{layer}: expects {expected} a sample, {problem}")

    if inputs.dtype != kind:
        refuse(f"as {kind}, got {inputs.dtype}")
    if inputs.ndim != 2 or inputs.shape[1] != expected.size:
        input = " × ".join(map(str, inputs.shape[1:])) or "single numbers"
        refuse(f"{expected.size} in a row, got {input}")
    if not len(inputs):
        refuse("got an empty batch")
    if not inputs.flags.c_contiguous:
        refuse(f"contiguous, got {inputs.shape} with strides {inputs.strides}")
    _check_values(inputs, expected, refuse)
    if len(samples.targets) != len(inputs):
        refuse(f"got {len(inputs)} of them and {len(samples.targets)} targets")
    if lengths is not None and (
        lengths.shape != (len(inputs),) or lengths.min() < 1 or lengths.max() > expected.steps
    ):
        refuse(f"got lengths that are not whole numbers from 1 to {expected.steps}, one a sample")


def _check_values(inputs: Any, expected: TensorSpec, refuse: Any) -> None:
    """Call `refuse` if token ids are out of range, or numbers NaN or infinite."""
    wrong = (
        (inputs < 0) | (inputs >= expected.vocab_size)
        if expected.vocab_size
        else ~np.isfinite(inputs)
    ).any(axis=1)
    if wrong.any():
        first = int(np.flatnonzero(wrong)[0])
        what = (
            f"token ids that are not 0 to {expected.vocab_size - 1}"
            if expected.vocab_size
            else "NaN or inf"
        )
        refuse(f"got {what} in {int(wrong.sum())} of {len(inputs)}, the first in sample {first}")
