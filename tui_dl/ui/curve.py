"""One value a step: kept whole, smoothed, and reduced to what a chart can show."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tui_dl.runs.reduce import reduce_min_max
from tui_dl.ui.snapshot import Points

Values = npt.NDArray[np.float64]

MEMORY = 0.95  # of the moving average: about the last 20 steps
BLOCK = 1024  # MEMORY**BLOCK must stay far from the smallest float64


class Curve:
    """Grows by `extend`; both of its lines come reduced."""

    def __init__(self) -> None:
        self._raw: Values = np.empty(0)
        self._smooth: Values = np.empty(0)
        self._average = Average()

    def extend(self, values: Values) -> None:
        """Add the values of new steps."""
        self._raw = np.append(self._raw, values)
        self._smooth = np.append(self._smooth, self._average.extend(values))

    def lines(self, steps_per_epoch: int, limit: float, columns: int) -> tuple[Points, Points]:
        """The raw and the smoothed line, for an axis of `limit` epochs on `columns` columns."""
        x = np.arange(1, len(self._raw) + 1) / steps_per_epoch
        per_column = max(1, round(limit * steps_per_epoch / columns))
        return reduced(x, self._raw, per_column), reduced(x, self._smooth, per_column)


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
        averages = np.empty_like(values)
        decay = MEMORY ** np.arange(1, BLOCK + 1)
        for start in range(0, len(values), BLOCK):
            block = values[start : start + BLOCK]
            power = decay[: len(block)]
            inside = (1 - MEMORY) * power * np.cumsum(block / power)
            averages[start : start + BLOCK] = inside + power * self._value
            self._value = float(averages[start + len(block) - 1])
        times = self._seen + np.arange(1, len(values) + 1)
        self._seen += len(values)
        return np.asarray(averages / (1 - MEMORY**times))


def reduced(x: Values, y: Values, per_column: int) -> Points:
    """Reduced column by column; columns do not move as the curve grows: the past stands still."""
    columns = len(y) // per_column
    whole = columns * per_column
    x_past, y_past = reduce_min_max(x[:whole], y[:whole], max(columns, 1))
    x_now, y_now = reduce_min_max(x[whole:], y[whole:], 1)
    return x_past.tolist() + x_now.tolist(), y_past.tolist() + y_now.tolist()
