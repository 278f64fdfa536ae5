"""One value a step: smoothed, and kept reduced, so that ten million steps need little memory."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tui_dl.runs.reduce import reduce_min_max
from tui_dl.ui.snapshot import Points

Values = npt.NDArray[np.float64]

MEMORY = 0.95  # of the moving average: about the last 20 steps
BLOCK = 1024  # MEMORY**BLOCK must stay far from the smallest float64, and below its rounding
POINTS = 1 << 14  # that are kept of a line: many times more than a terminal has columns


class Curve:
    """Grows by `extend`; both of its lines come reduced."""

    def __init__(self) -> None:
        self._raw, self._smooth = Extremes(), Extremes()
        self._average = Average()

    def extend(self, values: Values) -> None:
        """Add the values of new steps."""
        self._raw.extend(values)
        self._smooth.extend(self._average.extend(values))

    def lines(self, steps_per_epoch: int, limit: float, columns: int) -> tuple[Points, Points]:
        """The raw and the smoothed line, for an axis of `limit` epochs on `columns` columns."""
        per_column = max(1, round(limit * steps_per_epoch / columns))
        raw = self._raw.line(steps_per_epoch, per_column)
        return raw, self._smooth.line(steps_per_epoch, per_column)


class Extremes:
    """A line as the lowest and the highest value of every `size` steps, where they stand.

    At first that is all of them; whenever there are too many, `size` doubles.
    """

    def __init__(self) -> None:
        self._size = 2
        self._at: npt.NDArray[np.int64] = np.empty(0, np.int64)  # steps from 0
        self._kept: Values = np.empty(0)
        self._rest: Values = np.empty(0)  # the last steps, all of them

    def extend(self, values: Values) -> None:
        """Add the values of new steps."""
        rest = np.append(self._rest, values)
        first = len(self._kept) // 2 * self._size  # the step of rest[0]
        sizes = len(rest) // self._size
        sizes -= (len(self._kept) // 2 + sizes) % 2  # an even number: they can be joined
        whole = max(sizes, 0) * self._size
        at = np.arange(first, first + whole)
        self._join(*extremes(at, rest[:whole], self._size))
        self._rest = rest[whole:].copy()
        while len(self._kept) > POINTS and len(self._kept) % 4 == 0:
            self._size *= 2
            at, kept, self._at, self._kept = self._at, self._kept, self._at[:0], self._kept[:0]
            self._join(*extremes(at, kept, 4))

    def line(self, steps_per_epoch: int, per_column: int) -> Points:
        """What a chart shows that has a column for every `per_column` steps."""
        first = len(self._kept) // 2 * self._size
        at = np.append(self._at, np.arange(first, first + len(self._rest)))
        values = np.append(self._kept, self._rest)
        points = max(1, round(per_column / self._size * 2))
        return reduced((at + 1) / steps_per_epoch, values, points)

    def _join(self, at: npt.NDArray[np.int64], values: Values) -> None:
        self._at, self._kept = np.append(self._at, at), np.append(self._kept, values)


def extremes(
    at: npt.NDArray[np.int64], values: Values, size: int
) -> tuple[npt.NDArray[np.int64], Values]:
    """The lowest and the highest of every `size` values and their places, in order."""
    rows = values.reshape(-1, size)
    finite = np.isfinite(rows)
    low = np.where(finite, rows, np.inf).argmin(axis=1)
    high = np.where(finite, rows, -np.inf).argmax(axis=1)
    first, last = np.minimum(low, high), np.maximum(low, high)
    last[first == last] = size - 1  # all the same
    picks = np.stack([first, last], axis=1) + size * np.arange(len(rows))[:, None]
    return at[picks.ravel()], values[picks.ravel()]


class Average:
    """Exponentially weighted average with bias correction: v = b v + (1 - b) x, v / (1 - b^t).

    A value that is not finite is given back as it is and otherwise passed over.
    """

    def __init__(self) -> None:
        self._value = 0.0
        self._seen = 0

    def extend(self, values: Values) -> Values:
        """The corrected average after each of the new values."""
        result = np.array(values, np.float64)
        finite = np.isfinite(result)
        result[finite] = self._of_finite(result[finite])
        return result

    def _of_finite(self, values: Values) -> Values:
        blocks = np.zeros((-(-len(values) // BLOCK), BLOCK))
        blocks.ravel()[: len(values)] = values
        decay = MEMORY ** np.arange(1, BLOCK + 1)
        averages = (1 - MEMORY) * decay * np.cumsum(blocks / decay, axis=1)
        for block in averages:
            block += decay * self._value
            self._value = float(block[-1])
        result = averages.ravel()[: len(values)]
        self._value = float(result[-1]) if len(result) else self._value
        young = max(0, BLOCK - self._seen)  # later the correction is lost in rounding
        times = self._seen + np.arange(1, len(result[:young]) + 1)
        result[:young] /= 1 - MEMORY**times
        self._seen += len(values)
        return np.asarray(result)


def reduced(x: Values, y: Values, per_column: int) -> Points:
    """Reduced column by column; columns do not move as the curve grows: the past stands still."""
    columns = len(y) // per_column
    whole = columns * per_column
    x_past, y_past = reduce_min_max(x[:whole], y[:whole], max(columns, 1))
    x_now, y_now = reduce_min_max(x[whole:], y[whole:], 1)
    return x_past.tolist() + x_now.tolist(), y_past.tolist() + y_now.tolist()
