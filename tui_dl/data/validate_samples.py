"""What kernels must never see is refused before: wrong shapes, kinds of numbers, NaN, nothing."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.data.dataset import Samples
from tui_dl.spec.layers import TensorSpec


def check(samples: Samples, layer: str, wanted: TensorSpec) -> None:
    """Raise ValueError unless all `samples` are what `layer`, the network's first, takes.

    Every sample is one row of as many numbers, or symbols, as `wanted` has.
    """
    inputs, lengths = samples.inputs, samples.lengths
    kind = np.dtype(np.int32 if wanted.vocab_size else np.float32)

    def refuse(says: str) -> None:
        raise ValueError(f"{layer}: takes {wanted} a sample, {says}")

    if inputs.dtype != kind:
        refuse(f"as {kind}, given {inputs.dtype}")
    if inputs.ndim != 2 or inputs.shape[1] != wanted.size:
        input = " × ".join(map(str, inputs.shape[1:])) or "single numbers"
        refuse(f"{wanted.size} in a row, given {input}")
    if not len(inputs):
        refuse("given an empty batch")
    if not inputs.flags.c_contiguous:
        refuse(f"contiguous, given {inputs.shape} with strides {inputs.strides}")
    _check_values(inputs, wanted, refuse)
    if len(samples.targets) != len(inputs):
        refuse(f"given {len(inputs)} of them and {len(samples.targets)} targets")
    if lengths is not None and (
        lengths.shape != (len(inputs),) or lengths.min() < 1 or lengths.max() > wanted.steps
    ):
        refuse(f"given lengths that are not whole numbers from 1 to {wanted.steps}, one a sample")


def _check_values(inputs: Any, wanted: TensorSpec, refuse: Any) -> None:
    wrong = (
        (inputs < 0) | (inputs >= wanted.vocab_size) if wanted.vocab_size else ~np.isfinite(inputs)
    ).any(axis=1)
    if wrong.any():
        first = int(np.flatnonzero(wrong)[0])
        what = (
            f"symbols that are not 0 to {wanted.vocab_size - 1}"
            if wanted.vocab_size
            else "NaN or inf"
        )
        refuse(f"given {what} in {int(wrong.sum())} of {len(inputs)}, the first in sample {first}")
