"""Draws tokens from the logits of a network."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tui_dl.support.rng import stream

Floats = npt.NDArray[np.float64]


def draw(z: Floats, temperature: float | Floats, seed: int, t: int) -> npt.NDArray[np.intp]:
    """Draw a token (samples,) from softmax(z / temperature) of each row of z, at time t.

    A draw from softmax(z / T) is the argmax of z + T g, g being Gumbel noise (Maddison et al.
    2014), so T = 0 needs no case of its own; of equal logits the first is taken. T may differ by
    sample, as (samples, 1).
    """
    noise = stream(seed, "decode", t).gumbel(size=z.shape)
    scores = z / np.maximum(temperature, 1) + np.minimum(temperature, 1) * noise
    return np.asarray(scores.argmax(axis=1))
