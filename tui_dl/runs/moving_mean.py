"""The mean over the last steps, after every step."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

LONGEST = 1 << 16  # steps that a mean is taken over, at most: an epoch of more is cut short
AT_ONCE = 1 << 13  # values, or an epoch's: arrays of more leave the processor's cache


class MovingMean:
    """The weighted mean of the last `window` values; those that are not finite are passed over.

    Where `window` is an epoch's steps, the mean at an epoch's end is that epoch's. Sums begin anew
    every `window` values, so that the rounding of a huge one is gone together with it, and a mean
    is the same bits whether reading began at the first value or at any multiple of `window` at
    least one window before.
    """

    def __init__(self, window: int) -> None:
        self.window = min(window, LONGEST)
        self._recent = np.empty((2, 0))  # weighted values and weights, from a multiple of `window`

    def extend(self, values: Values, weights: Values) -> Values:
        """The mean after each of the new values; NaN before the first that is finite."""
        size = max(AT_ONCE, self.window)
        if len(values) <= size:
            return self._extend(values, weights)
        parts = [slice(first, first + size) for first in range(0, len(values), size)]
        return np.concatenate([self._extend(values[it], weights[it]) for it in parts])

    def _extend(self, values: Values, weights: Values) -> Values:
        weights = np.where(np.isfinite(values), weights, 0.0)
        new = np.stack([np.nan_to_num(values, posinf=0.0, neginf=0.0) * weights, weights])
        data = np.append(self._recent, new, axis=1)
        count, old = data.shape[1], self._recent.shape[1]
        blocks = np.zeros((2, -(-count // self.window), self.window))
        blocks.reshape(2, -1)[:, :count] = data
        sums = blocks.cumsum(axis=2)  # from a block's first value
        rests = blocks[:, :-1, :0:-1].cumsum(axis=2)[:, :, ::-1]  # to the end of the one before
        sums[:, 1:, :-1] += rests
        total, weight = sums.reshape(2, -1)[:, old:count]
        self._recent = data[:, max(count // self.window - 1, 0) * self.window :].copy()
        means = np.full(len(values), np.nan)
        return np.asarray(np.divide(total, weight, out=means, where=weight > 0))
