"""Gathering the samples of a mini-batch into lanes: from (samples, ...) to (blocks, ..., LANES)."""

from __future__ import annotations

from tui_dl.kernels.core.jit import Array, Ints, Tokens, kernel
from tui_dl.kernels.core.lanes import LANES


@kernel("void(f4[::1], f4[:, ::1], i8[::1], i4[::1], i8)")
def gather_numbers(x: Array, samples: Array, indices: Ints, lengths: Tokens, times: int) -> None:
    """x[b, f, lane] = samples[indices[b * LANES + lane], f], and 0 after the end of the sample.

    Args:
        x: (blocks, features, LANES), flat.
        samples: (samples, features) all samples of the data.
        indices: (blocks * LANES,) which samples to gather.
        lengths: (blocks * LANES,) time steps of each; 0 in a lane without a sample.
        times: time steps that the features of one sample divide into.
    """
    features = samples.shape[1]
    step = features // times
    for i in range(indices.size):
        at, end = i // LANES * features * LANES + i % LANES, lengths[i] * step
        for f in range(end):
            x[at + f * LANES] = samples[indices[i], f]
        for f in range(end, features):
            x[at + f * LANES] = 0


@kernel("void(i4[::1], i4[:, ::1], i8[::1], i4[::1])")
def gather_tokens(x: Tokens, samples: Tokens, indices: Ints, lengths: Tokens) -> None:
    """`gather_numbers` for token ids, one a time step."""
    features = samples.shape[1]
    for i in range(indices.size):
        at, end = i // LANES * features * LANES + i % LANES, lengths[i]
        for f in range(end):
            x[at + f * LANES] = samples[indices[i], f]
        for f in range(end, features):
            x[at + f * LANES] = 0


@kernel("void(f4[::1], f4[:, ::1], i8[::1], i8[:, ::1], i8, i8)")
def gather_augmented(
    x: Array, samples: Array, indices: Ints, changes: Ints, height: int, width: int
) -> None:
    """`gather_numbers` for images, the i-th changed by changes[i]: (down, right, mirrored).

    An image is mirrored left to right where `mirrored` is 1, then moved by so many pixels and
    padded with 0. A sample is a flat (channels, height, width); an index below 0 is a lane
    without a sample.
    """
    features = samples.shape[1]
    for i in range(indices.size):
        at = i // LANES * features * LANES + i % LANES
        down, right, mirrored = changes[i]
        first, step = (width - 1, -1) if mirrored else (0, 1)
        for row in range(features // width):
            above = row % height - down
            there = indices[i] >= 0 and 0 <= above < height
            for column in range(width):
                inside = there and 0 <= column - right < width
                f = (row - down) * width + first + step * (column - right)
                x[at] = samples[indices[i], f] if inside else 0
                at += LANES
