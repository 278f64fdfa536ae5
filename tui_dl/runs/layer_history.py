"""Gradient norms, update ratios and weight norms by layer, from the records of the steps.

The past is cut into blocks of equally many steps, a power of two, which stand still while a run
grows. A block is represented by the median of a few of its steps, so that showing any moment of ten
million steps reads a few thousand records; whole blocks are read once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tui_dl.runs.layer_figure import FigureKind, LayerFigure, some_layers
from tui_dl.runs.reduce import block_size, medians
from tui_dl.runs.step_log import Records

FIELDS: dict[FigureKind, str] = {
    "gradient": "layer_gradient_norm",
    "update_ratio": "layer_update_ratio",
    "weight_norm": "layer_weight_norm",  # which runs of format 0 do not have
}
COLUMNS = 200  # blocks that the time axis has, about: as many as a wide terminal can show
SAMPLED = 16  # steps of a block that are enough for its median
SETTLE = 10  # steps over which the present figure is the median

Past = list[list[float]]  # by block, then by layer


class LayerHistory:
    """The figures of a run's layers at any step, from the records up to it alone."""

    def __init__(self, layers: Sequence[str]) -> None:
        self._chosen = np.array(some_layers(len(layers)), np.intp)
        self._names = [layers[number] for number in self._chosen]
        self._count = len(layers)
        self._whole: dict[int, dict[FigureKind, Past]] = {}  # by the size of blocks

    def figures(self, records: Records, limit: float) -> list[LayerFigure]:
        """Each figure that the run has, over the steps `records`.

        Args:
            records: those of all steps up to the moment.
            limit: steps on the time axis.
        """
        if not len(records) or not self._names:
            return []
        size = block_size(limit / COLUMNS)
        kinds = [kind for kind, field in FIELDS.items() if field in (records.dtype.names or ())]
        count, rest = divmod(len(records), size)
        ends = [size * number for number in range(1, count + 1)] + [len(records)] * bool(rest)
        found = self._whole.setdefault(size, {})
        made = []
        for kind in kinds:
            column = records[FIELDS[kind]]
            whole = found.setdefault(kind, [])
            if len(whole) < count:
                whole += self._medians(column, len(whole), count, size)
            past = whole[:count]
            if rest:
                past.append(self._median(column[count * size :: _spacing(size)]))
            now = self._median(column[-SETTLE:])
            figure = LayerFigure(kind, self._names, self._count, len(records), now, ends, past)
            made.append(figure)
        return made

    def _medians(self, column: npt.NDArray[np.float32], first: int, end: int, size: int) -> Past:
        """The medians of the whole blocks from number `first` up to `end`."""
        steps = np.arange(0, size, _spacing(size))
        places = (np.arange(first, end)[:, None] * size + steps).ravel()
        values = column[places[:, None], self._chosen].astype(np.float64)
        found: Past = medians(values.reshape(end - first, len(steps), -1), 1).tolist()
        return found

    def _median(self, column: npt.NDArray[np.float32]) -> list[float]:
        """The median by layer of some steps."""
        found: list[float] = medians(column[:, self._chosen].astype(np.float64), 0).tolist()
        return found


def _spacing(size: int) -> int:
    """Of so many steps in a block of `size`, one is read."""
    return max(size // SAMPLED, 1)
