"""Curves of one value per step, smoothed and reduced: ten million steps need little memory."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tui_dl.runs.reduce import reduce_min_max
from tui_dl.runs.view import Points

Values = npt.NDArray[np.float64]

POINTS = 1 << 14  # that are kept of a line: many times more than a terminal has columns
LONGEST = 1 << 16  # steps that a mean is taken over, at most: an epoch of more is cut short


class Curve:
    """A raw and a smoothed line, to which values are appended; both are returned reduced."""

    def __init__(self, window: int) -> None:
        self._raw, self._smooth = Extremes(), Extremes()
        self._mean = MovingMean(window)

    def extend(self, x: Values, y: Values, weights: Values) -> None:
        """Add the values of new steps, and how much each counts in the mean."""
        self._raw.extend(x, y)
        self._smooth.extend(x, self._mean.extend(y, weights))

    def lines(self, per_column: int) -> tuple[Points, Points]:
        """The raw and the smoothed line, for a chart with a column for every `per_column` steps."""
        return self._raw.line(per_column), self._smooth.line(per_column)


class Extremes:
    """A line as the lowest and the highest of every `size` values, where they stand.

    At first that is all of them; whenever there are too many, `size` doubles.
    """

    def __init__(self) -> None:
        self._size = 2
        self._kept = np.empty((2, 0))  # x and y
        self._rest = np.empty((2, 0))  # the last points, all of them

    def extend(self, x: Values, y: Values) -> None:
        """Add points; `x` rises."""
        rest = np.append(self._rest, [x, y], axis=1)
        sizes = rest.shape[1] // self._size
        sizes -= (self._kept.shape[1] // 2 + sizes) % 2  # an even number: they can be joined
        whole = max(sizes, 0) * self._size
        self._kept = np.append(self._kept, extremes(rest[:, :whole], self._size), axis=1)
        self._rest = rest[:, whole:].copy()
        while (kept := self._kept.shape[1]) > POINTS and kept % 4 == 0:
            self._size *= 2
            self._kept = extremes(self._kept, 4)

    def line(self, per_column: int) -> Points:
        """What a chart shows that has a column for every `per_column` points."""
        x, y = np.append(self._kept, self._rest, axis=1)
        return reduce_columns(x, y, max(1, round(per_column / self._size * 2)))


def extremes(points: Values, size: int) -> Values:
    """The lowest and the highest of every `size` points, in order."""
    rows = points[1].reshape(-1, size)
    finite = np.isfinite(rows)
    low = np.where(finite, rows, np.inf).argmin(axis=1)
    high = np.where(finite, rows, -np.inf).argmax(axis=1)
    first, last = np.minimum(low, high), np.maximum(low, high)
    last[first == last] = size - 1  # all the same
    picks = np.stack([first, last], axis=1) + size * np.arange(len(rows))[:, None]
    return np.asarray(points[:, picks.ravel()])


class MovingMean:
    """The weighted mean of the last `window` values; those that are not finite are passed over.

    Where `window` is an epoch's steps, the mean at an epoch's end is that epoch's. Sums begin anew
    every `window` values, so that the rounding of a huge one is gone together with it.
    """

    def __init__(self, window: int) -> None:
        self._window = min(window, LONGEST)
        self._recent = np.empty((2, 0))  # weighted values and weights, from a multiple of `window`

    def extend(self, values: Values, weights: Values) -> Values:
        """The mean after each of the new values; NaN before the first that is finite."""
        weights = np.where(np.isfinite(values), weights, 0.0)
        new = np.stack([np.nan_to_num(values, posinf=0.0, neginf=0.0) * weights, weights])
        data = np.append(self._recent, new, axis=1)
        count, old = data.shape[1], self._recent.shape[1]
        blocks = np.zeros((2, -(-count // self._window), self._window))
        blocks.reshape(2, -1)[:, :count] = data
        sums = blocks.cumsum(axis=2)  # from a block's first value
        rests = blocks[:, :-1, :0:-1].cumsum(axis=2)[:, :, ::-1]  # to the end of the one before
        sums[:, 1:, :-1] += rests
        total, weight = sums.reshape(2, -1)[:, old:count]
        self._recent = data[:, max(count // self._window - 1, 0) * self._window :].copy()
        means = np.full(len(values), np.nan)
        return np.asarray(np.divide(total, weight, out=means, where=weight > 0))


def reduce_columns(x: Values, y: Values, per_column: int) -> Points:
    """Reduced column by column; columns do not move as the curve grows: the past stands still."""
    columns = len(y) // per_column
    whole = columns * per_column
    x_past, y_past = reduce_min_max(x[:whole], y[:whole], max(columns, 1))
    x_now, y_now = reduce_min_max(x[whole:], y[whole:], 1)
    return x_past.tolist() + x_now.tolist(), y_past.tolist() + y_now.tolist()
